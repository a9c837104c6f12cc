package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestDependentsFirst(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"core": "module example.com/core\n",
		"app":  "module example.com/app\n\nrequire (\n\texample.com/core v0.0.0\n\texample.com/core/e2e v0.0.0 // indirect\n)\n",
		"e2e":  "module example.com/core/e2e\n\nrequire example.com/core v0.0.0\n",
		"a":    "module example.com/a\n\nrequire example.com/b v0.0.0\n",
		"b":    "module example.com/b\n\nrequire example.com/a v0.0.0\n",
	} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "go.mod"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct{ in, want []string }{
		{[]string{"core", "e2e", "app"}, []string{"app", "e2e", "core"}},
		{[]string{"app", "core"}, []string{"app", "core"}},
		{[]string{"a", "b"}, []string{"a", "b"}},
		{[]string{"core", "none"}, []string{"core", "none"}},
	} {
		if got := dependentsFirst(dir, tc.in); !slices.Equal(got, tc.want) {
			t.Errorf("dependentsFirst(%v) = %v, want %v", tc.in, got, tc.want)
		}
	}
}
