package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// prune deletes the Go files of the case's modules that the packages which the person
// touched, in whichever of the modules, and their tests do not need, so that what is
// loaded is less. The tests of what these import go too, since what they import may be gone.
func prune(ctx context.Context, dir string, c *change) error {
	needed, tested := map[string]bool{}, map[string]bool{}
	var modules []string
	for _, m := range c.Modules {
		patterns := c.below(m)
		if len(patterns) == 0 {
			continue
		}
		module := filepath.Join(dir, filepath.FromSlash(m))
		modules = append(modules, module)
		dirs, err := dependencies(ctx, module, patterns)
		if err != nil {
			return err
		}
		for _, d := range dirs {
			needed[d] = true
		}
		for _, p := range patterns {
			tested[filepath.Join(module, filepath.FromSlash(p))] = true
		}
	}
	for _, module := range modules {
		err := filepath.WalkDir(module, func(name string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if name != module && (d.Name() == "testdata" || exists(filepath.Join(name, "go.mod"))) {
					return filepath.SkipDir
				}
				return nil
			}
			if strings.HasSuffix(name, ".go") && (!needed[filepath.Dir(name)] || strings.HasSuffix(name, "_test.go") && !tested[filepath.Dir(name)]) {
				return os.Remove(name)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dependencies are the directories of the packages of the patterns, and of what these
// and their tests need.
func dependencies(ctx context.Context, module string, patterns []string) ([]string, error) {
	args := append([]string{"list", "-e", "-deps", "-test", "-f", "{{if not .Standard}}{{.Dir}}{{end}}"}, patterns...)
	var out []byte
	var err error
	for _, env := range environments {
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir, cmd.Env = module, append(os.Environ(), env...)
		if out, err = cmd.Output(); err == nil {
			return strings.Split(strings.TrimSpace(string(out)), "\n"), nil
		}
	}
	return nil, fmt.Errorf("go list: %w", err)
}
