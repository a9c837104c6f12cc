package digest_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flaghygiene/flaglint/internal/digest"
)

type inner struct{ n int }

type outer struct {
	Name string
	List []string
	By   map[string]any
	in   *inner
	Skip func()
}

func key(v any) digest.Sum {
	h := digest.New("test")
	h.Value(v, reflect.TypeFor[func()]())
	return h.Done()
}

// TestValue tells values apart by all that is in them.
func TestValue(t *testing.T) {
	t.Parallel()
	make := func() outer {
		return outer{Name: "a", List: []string{"b", "c"}, By: map[string]any{"x": 1, "y": "z"}, in: &inner{1}}
	}
	same := make()
	same.Skip = func() {}
	assert.Equal(t, key(make()), key(same))
	for name, change := range map[string]func(*outer){
		"text":       func(o *outer) { o.Name = "b" },
		"list":       func(o *outer) { o.List = []string{"bc"} },
		"order":      func(o *outer) { o.List = []string{"c", "b"} },
		"map value":  func(o *outer) { o.By["x"] = 2 },
		"map type":   func(o *outer) { o.By["x"] = "1" },
		"map key":    func(o *outer) { o.By["w"] = 1; delete(o.By, "x") },
		"unexported": func(o *outer) { o.in.n = 2 },
		"nil":        func(o *outer) { o.in = nil },
	} {
		o := make()
		change(&o)
		assert.NotEqual(t, key(make()), key(o), name)
	}
}

// TestBounds: texts that are the same when joined are not the same key.
func TestBounds(t *testing.T) {
	t.Parallel()
	a, b := digest.New("test"), digest.New("test")
	a.Text("ab")
	a.Text("c")
	b.Text("a")
	b.Text("bc")
	assert.NotEqual(t, a.Done(), b.Done())
	assert.NotEqual(t, digest.New("a").Done(), digest.New("b").Done())
}
