package provider

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseFunc(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, path string
		want       member
	}{
		{"os.Getenv", "os", member{name: "Getenv"}},
		{"example.com/a/b.F", "example.com/a/b", member{name: "F"}},
		{"gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml.v3", member{name: "Unmarshal"}},
		{"(example.com/p.I).M", "example.com/p", member{recv: "I", name: "M"}},
		{"(*example.com/p.T).M", "example.com/p", member{recv: "T", ptr: true, name: "M"}},
		{"(*gopkg.in/l/sdk.v5.C).M", "gopkg.in/l/sdk.v5", member{recv: "C", ptr: true, name: "M"}},
		{"(example.com/p.G[T]).M", "example.com/p", member{recv: "G", name: "M"}},
		{"(*example.com/p.G[K, V]).M", "example.com/p", member{recv: "G", ptr: true, name: "M"}},
	} {
		path, m, err := parseFunc(tt.name)
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.path, path, tt.name)
		assert.Equal(t, tt.want, m, tt.name)
	}
	for _, bad := range []string{"", "F", "example.com/p", "example.com/p.", "(p.T)", "(p.T).", "(*p.T.M", "p.F()", "(*p).M", "a b.F", ".F", "p.2", "*p.T.M", "{x}.F"} {
		_, _, err := parseFunc(bad)
		assert.Error(t, err, "%q", bad)
	}
}

func TestExpand(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"p.F", []string{"p.F"}},
		{"{mod}/x.F", []string{"{mod}/x.F"}},
		{"(*{mod}.{A,B}).{X,Y}Z", []string{"(*{mod}.A).XZ", "(*{mod}.A).YZ", "(*{mod}.B).XZ", "(*{mod}.B).YZ"}},
		{"p.F{,Details}", []string{"p.F", "p.FDetails"}},
	} {
		got, err := expand(tt.name)
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.want, got, tt.name)
	}
	for bad, want := range map[string]string{
		"{module}.F": "unknown placeholder {module}",
		"{a,{b,c}}":  "nested braces",
		"p.F}":       "unpaired brace",
		"{a,b":       "unpaired brace",
		"p{1,2,3,4,5,6,7}{1,2,3,4,5,6,7}{1,2,3,4,5,6,7}.F": "more than 256",
	} {
		_, err := expand(bad)
		assert.ErrorContains(t, err, want)
	}
}

func TestStripVersion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		path, module, want string
		major              int
	}{
		{"github.com/x/y", "github.com/x/y", "github.com/x/y", 1},
		{"github.com/x/y/v7", "github.com/x/y", "github.com/x/y", 7},
		{"github.com/x/y/v7/a/b", "github.com/x/y", "github.com/x/y/a/b", 7},
		{"github.com/x/y/v", "github.com/x/y", "github.com/x/y/v", 1},
		{"github.com/x/y/views", "github.com/x/y", "github.com/x/y/views", 1},
		{"github.com/x/y/a/v2", "github.com/x/y", "github.com/x/y/a/v2", 1},
		{"gopkg.in/x/y.v4", "gopkg.in/x/y", "gopkg.in/x/y", 4},
		{"gopkg.in/x/y.v5/a", "gopkg.in/x/y", "gopkg.in/x/y/a", 5},
	} {
		got, major, ok := stripVersion(tt.path, tt.module)
		assert.True(t, ok, tt.path)
		assert.Equal(t, tt.want, got)
		assert.Equal(t, tt.major, major, tt.path)
	}
	for _, other := range []string{"github.com/x/yz", "github.com/x", "github.com/x/y.v4", "github.com/x/y-v2"} {
		_, _, ok := stripVersion(other, "github.com/x/y")
		assert.False(t, ok, other)
	}
}
