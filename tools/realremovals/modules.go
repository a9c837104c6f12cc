package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

var moduleLine = regexp.MustCompile(`(?m)^module\s+(\S+)`)

// dependentsFirst orders the modules of a case so that a module comes before those
// that it requires. Each is removed from by a command of its own, and what uses a
// module has to lose the flag before that does: later it does not see it.
func dependentsFirst(dir string, modules []string) []string {
	path := map[string]string{}
	text := map[string]string{}
	for _, m := range modules {
		data, err := os.ReadFile(filepath.Join(dir, m, "go.mod"))
		if err != nil {
			continue // the go command will tell
		}
		text[m] = string(data)
		if f := moduleLine.FindStringSubmatch(text[m]); f != nil {
			path[m] = f[1]
		}
	}
	requires := func(a, b string) bool {
		return path[b] != "" && regexp.MustCompile(`(?m)^\s*(?:require\s+)?`+regexp.QuoteMeta(path[b])+`\s+v`).MatchString(text[a])
	}
	var out []string
	rest := slices.Clone(modules)
	for len(rest) > 0 {
		i := slices.IndexFunc(rest, func(m string) bool {
			return !slices.ContainsFunc(rest, func(o string) bool { return o != m && requires(o, m) })
		})
		i = max(i, 0) // modules that require each other come as they are named
		out = append(out, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	return out
}
