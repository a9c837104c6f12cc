package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// module is what is measured.
type module struct {
	name, dir string
	lines     int    // of the Go files in it
	edited    string // the file that is changed
	remove    string // the flag that is removed, and its value
	// first is the goal for the first check, in R: it depends on how many packages
	// hold flags.
	first float64
}

// existing is a module in a directory. The file that changes is one in the middle
// of its list of packages.
func existing(ctx context.Context, dir, remove string) (*module, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	list := exec.CommandContext(ctx, "go", "list", "-f", `{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}`, "./...")
	list.Dir, list.Stderr = dir, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	m := &module{name: filepath.Base(dir), dir: dir, remove: remove, first: 3.5}
	files := strings.Fields(string(out))
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		m.lines += bytes.Count(text, []byte("\n"))
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no Go files", dir)
	}
	m.edited = files[len(files)/2]
	return m, nil
}

// cost is what a run took.
type cost struct {
	processor, clock time.Duration
	memory           int64 // bytes, of the largest process
}

// row is a line of the table.
type row struct {
	what string
	cost cost
	goal float64 // in R; 0: none
}

// runner measures one module.
type runner struct {
	options
	module  *module
	scratch string
}

// measure runs everything. The runs of a command follow each other, after one that
// is not counted and warms the caches that the command is to find warm.
func (r *runner) measure(ctx context.Context) ([]row, error) {
	var rows []row
	add := func(what string, goal float64, before func(i int) error, env []string, name string, args ...string) error {
		fmt.Fprintf(os.Stderr, "%s: %s\n", r.module.name, what)
		var all []cost
		for i := range r.runs + 1 {
			if before != nil {
				if err := before(i); err != nil {
					return err
				}
			}
			c, err := r.run(ctx, env, name, args...)
			if err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			if i > 0 {
				all = append(all, c)
			}
		}
		rows = append(rows, row{what, median(all), goal})
		return nil
	}
	cache, err := goCache(ctx)
	if err != nil {
		return nil, err
	}
	env := func(name string) []string {
		return append(os.Environ(), "GOCACHE="+cache, "XDG_CACHE_HOME="+filepath.Join(r.scratch, "cache", name))
	}
	fresh := func(int) error { return os.RemoveAll(filepath.Join(r.scratch, "cache", "cold")) }
	check := []string{"check", "--fail-on", "never", "--format", "json", "--now", "2026-06-01", "./..."}
	if err := add("`go list -export -deps -test ./...` (R)", 0, nil, os.Environ(), "go", "list", "-export", "-deps", "-test", "./..."); err != nil {
		return nil, err
	}
	if err := add("`flaglint check`, no cache of flaglint", r.module.first, fresh, env("cold"), r.flaglint, check...); err != nil {
		return nil, err
	}
	if err := add("`flaglint check` again", 1.1, nil, env("warm"), r.flaglint, check...); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(r.module.edited)
	if err != nil {
		return nil, err
	}
	edit := func(i int) error {
		return os.WriteFile(r.module.edited, fmt.Appendf(slices.Clip(text), "\nfunc bench%d() int { return %d }\n", i, i), 0o644)
	}
	err = add("`flaglint check` after one file changed", 1.5, edit, env("warm"), r.flaglint, check...)
	if err := errors.Join(err, os.WriteFile(r.module.edited, text, 0o644)); err != nil {
		return nil, err
	}
	if r.module.remove != "" {
		if err := add("`flaglint remove` of one flag", 2, nil, env("warm"), r.flaglint, "remove", "--diff", r.module.remove, "./..."); err != nil {
			return nil, err
		}
	}
	if !r.others {
		return rows, nil
	}
	if err := add("`go vet` again", 0, nil, os.Environ(), "go", "vet", "./..."); err != nil {
		return nil, err
	}
	if r.staticcheck != "" {
		if err := add("`staticcheck` again", 0, nil, os.Environ(), r.staticcheck, "./..."); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// run runs a command in the module. Findings are no failure.
func (r *runner) run(ctx context.Context, env []string, name string, args ...string) (cost, error) {
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env, cmd.Stderr = r.module.dir, env, &stderr
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		err = nil
	}
	if err != nil {
		return cost{}, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.Bytes())
	}
	state := cmd.ProcessState
	return cost{state.UserTime() + state.SystemTime(), took, peak(state)}, nil
}

// median is the median of each measure alone.
func median(all []cost) cost {
	var processor, clock []time.Duration
	var memory []int64
	for _, c := range all {
		processor, clock, memory = append(processor, c.processor), append(clock, c.clock), append(memory, c.memory)
	}
	slices.Sort(processor)
	slices.Sort(clock)
	slices.Sort(memory)
	n := len(all) / 2
	return cost{processor[n], clock[n], memory[n]}
}

// goCache is where the go command keeps what it built, which has to be named where
// the place of caches is another.
func goCache(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "-json", "GOCACHE").Output()
	if err != nil {
		return "", err
	}
	var env struct{ GOCACHE string }
	err = json.Unmarshal(out, &env)
	return env.GOCACHE, err
}
