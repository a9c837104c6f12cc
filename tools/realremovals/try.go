package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// report is what came of a case.
type report struct {
	c       *change
	failed  string // why it could not be tried
	exit    int    // the worst exit code of flaglint
	residue string
	checks  string // of build and vet
	testing string
	code    comparison
	test    comparison
	took    time.Duration // of flaglint
	memory  int64         // its peak, in bytes
}

func (o options) try(ctx context.Context, c *change) *report {
	r := &report{c: c}
	if err := o.attempt(ctx, c, r); err != nil {
		r.failed = err.Error()
	}
	return r
}

func (o options) attempt(ctx context.Context, c *change, r *report) error {
	g := repo{c.gitDir(o.repos)}
	dir := filepath.Join(o.work, c.ID)
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if !o.keep {
		defer os.RemoveAll(dir)
	}
	if err := g.checkout(ctx, c.Parent, dir); err != nil {
		return err
	}
	if o.touched {
		if err := prune(ctx, dir, c); err != nil {
			return err
		}
	}
	before, err := goFiles(dir)
	if err != nil {
		return err
	}
	var log bytes.Buffer
	var residues []string
	for _, m := range dependentsFirst(dir, c.Modules) {
		res, err := o.remove(ctx, c, filepath.Join(dir, m), r, &log)
		if err != nil {
			return err
		}
		residues = append(residues, res...)
	}
	r.residue = summary(residues)
	after, err := goFiles(dir)
	if err != nil {
		return err
	}
	human, err := g.changed(ctx, c.Parent, c.Commit)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	touched := map[string]bool{}
	for _, n := range human {
		names[n] = true
	}
	for n := range before {
		if !bytes.Equal(before[n], after[n]) {
			names[n] = true
			if after[n] != nil {
				touched[path.Dir(n)] = true
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(names)) {
		at := &r.code
		if strings.HasSuffix(n, "_test.go") || strings.HasPrefix(n, "test/") || strings.Contains(n, "/test/") {
			at = &r.test
		}
		if o.touched && before[n] == nil && g.file(ctx, c.Parent, n) != nil {
			continue // pruned
		}
		want := g.file(ctx, c.Commit, n)
		at.compare(before[n], want, after[n])
		if o.out != "" {
			if err := o.keepResult(c, n, want, after[n]); err != nil {
				return err
			}
		}
	}
	if err := o.diff(c, log.Bytes()); err != nil {
		return err
	}
	for _, d := range c.directories() {
		touched[d] = true
	}
	o.check(ctx, dir, touched, before, after, r)
	return nil
}

// goFiles reads the Go files below a directory.
func goFiles(dir string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	return out, err
}

// remove runs flaglint in a module and returns the reasons of its residue.
func (o options) remove(ctx context.Context, c *change, module string, r *report, log *bytes.Buffer) ([]string, error) {
	args := []string{"remove", "--format", "json"}
	if c.Declaration == "kept" || c.Declaration == "moved" {
		args = append(args, "--keep-declaration")
	}
	for _, name := range []string{c.ID, strings.ReplaceAll(c.Repo, "/", "+")} {
		file := filepath.Join(o.configs, name+".yaml")
		if _, err := os.Stat(file); o.configs != "" && err == nil {
			args = append(args, "--config", file)
			break
		}
	}
	if c.Tests {
		args = append(args, "--run-tests")
	}
	args = append(slices.Concat(args, c.Args, o.args), c.target(), "./...")
	var err error
	for _, env := range environments {
		var stdout, stderr bytes.Buffer
		limit, cancel := context.WithTimeout(ctx, o.limit)
		cmd := exec.CommandContext(limit, o.flaglint, args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Env = module, &stdout, &stderr, append(os.Environ(), env...)
		start := time.Now()
		err = cmd.Run()
		cancel()
		r.took += time.Since(start)
		if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			r.memory = max(r.memory, u.Maxrss*1024)
		}
		fmt.Fprintf(log, "$ cd %s && flaglint %s # %s\n%s%s", filepath.Base(module), strings.Join(args, " "), strings.Join(env, " "), stderr.Bytes(), stdout.Bytes())
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == 2 {
			err = fmt.Errorf("flaglint: %s", cmp.Or(lastLine(stderr.String()), "exit status 2"))
			if !environmental(stderr.String()) {
				break
			}
			continue
		}
		if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
			return nil, fmt.Errorf("flaglint: %w: %s", err, lastLine(stderr.String()))
		}
		r.exit = max(r.exit, cmd.ProcessState.ExitCode())
		var answer struct {
			Residue []struct{ Reason, File, Message string }
		}
		if err := json.Unmarshal(stdout.Bytes(), &answer); err != nil {
			return nil, fmt.Errorf("flaglint: %w", err)
		}
		var out []string
		for _, res := range answer.Residue {
			out = append(out, res.Reason)
		}
		return out, nil
	}
	if o.out != "" {
		_ = os.WriteFile(filepath.Join(o.out, c.ID+".log"), log.Bytes(), 0o644) // the error below is what matters
	}
	return nil, err
}

// environments are tried in turn where the go command fails.
var environments = [][]string{nil, {"GOFLAGS=-mod=mod", "CGO_ENABLED=0", "GOWORK=off"}}

// environmental reports whether the go command's message is about the
// environment, so that another one may do.
func environmental(out string) bool {
	return slices.ContainsFunc([]string{"inconsistent vendoring", "updates to go.mod", "go.work", "missing go.sum entry", "C compiler"},
		func(s string) bool { return strings.Contains(out, s) })
}

func lastLine(s string) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return all[len(all)-1]
}

// summary counts words.
func summary(words []string) string {
	count := map[string]int{}
	for _, w := range words {
		count[w]++
	}
	var out []string
	for _, w := range slices.Sorted(maps.Keys(count)) {
		out = append(out, fmt.Sprintf("%s:%d", w, count[w]))
	}
	return strings.Join(out, " ")
}

// keepResult keeps both versions of a file for the difference.
func (o options) keepResult(c *change, name string, human, tool []byte) error {
	for side, data := range map[string][]byte{"human": human, "tool": tool} {
		file := filepath.Join(o.out, c.ID, side, filepath.FromSlash(name))
		if data == nil {
			if err := os.RemoveAll(file); err != nil {
				return err
			}
			continue
		}
		if err := write(file, "100644", data); err != nil {
			return err
		}
	}
	return nil
}

// diff writes the difference between what the person and what the tool left.
func (o options) diff(c *change, log []byte) error {
	if o.out == "" {
		return nil
	}
	dir := filepath.Join(o.out, c.ID)
	for _, side := range []string{"human", "tool"} {
		if err := os.MkdirAll(filepath.Join(dir, side), 0o755); err != nil {
			return err
		}
	}
	cmd := exec.Command("git", "diff", "--no-index", "--no-prefix", "--ignore-all-space", "human", "tool")
	cmd.Dir = dir
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return fmt.Errorf("git diff: %w", err)
	}
	if err := os.WriteFile(filepath.Join(o.out, c.ID+".log"), log, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.out, c.ID+".diff"), out, 0o644)
}
