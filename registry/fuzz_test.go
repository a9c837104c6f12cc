package registry_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

func seed(f *testing.F, add func(data []byte)) {
	f.Helper()
	files, err := filepath.Glob("testdata/*/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 4096 {
			add(data)
		}
	}
}

// No input panics; what is refused says where; what is accepted is well formed.
func FuzzParse(f *testing.F) {
	seed(f, func(data []byte) { f.Add(data) })
	f.Fuzz(func(t *testing.T, data []byte) {
		reg, err := registry.Parse("f", data)
		if err != nil {
			var all yamltree.Errors
			if !errors.As(err, &all) {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		for _, flag := range reg.Flags() {
			if flag.Key == "" || !utf8.ValidString(flag.Key) || flag.Source.Line < 1 || flag.Source.Column < 1 {
				t.Fatalf("malformed flag %+v", flag)
			}
		}
	})
}

// Deleting any row of any registry is refused, or takes that row and no other.
func FuzzDeleteRow(f *testing.F) {
	seed(f, func(data []byte) { f.Add(data, uint(0)) })
	f.Fuzz(func(t *testing.T, data []byte, n uint) {
		reg, err := registry.Parse("f", data)
		if err != nil || reg.Len() == 0 {
			return
		}
		flags := reg.Flags()
		gone := flags[n%uint(len(flags))].Key
		after, err := registry.DeleteRow("f", data, gone)
		if err != nil {
			return
		}
		left, err := registry.Parse("f", after)
		if err != nil {
			t.Fatalf("the rest does not parse: %v\n%s", err, after)
		}
		if left.Len() != len(flags)-1 || left.Lookup(gone) != nil {
			t.Fatalf("%q did not go alone\n%s", gone, after)
		}
	})
}
