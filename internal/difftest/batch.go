package difftest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/removal"
)

// Pair is a program before and after a removal.
type Pair struct {
	Before *Program
	After  map[string]string
	// Left: the removal told that it left evaluations of the flag, which are
	// then served as before.
	Left bool

	sides
}

// sides are both sides of a pair as part of a batch.
type sides struct {
	before, after []merged
	dropped       []string
}

func newSides(b, a *removal.Program) sides {
	return sides{before: merge(b, before), after: merge(a, after), dropped: dropped(b, a)}
}

// The sides of a pair, as they begin the names of what is compiled.
const (
	before = "before"
	after  = "after"
)

// Outcome is what running a pair showed.
type Outcome struct {
	// Mismatch is empty where both sides have the same effects; else it tells the
	// run and shows the traces.
	Mismatch string
}

// Runner compiles and runs pairs, many in one binary.
type Runner struct {
	u    *Universe
	dir  string // for the objects that all batches share
	tool string // directory of compile and link
	base string // import configuration of the shared objects
}

// NewRunner compiles the stub packages into a directory.
func NewRunner(u *Universe, dir string) (*Runner, error) {
	out, err := exec.Command("go", "env", "GOTOOLDIR").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	r := &Runner{u: u, dir: dir, tool: strings.TrimSpace(string(out))}
	var cfg strings.Builder
	for _, p := range slices.Sorted(maps.Keys(u.std)) {
		if file := u.std[p]; file != "" {
			fmt.Fprintf(&cfg, "packagefile %s=%s\n", p, file)
		}
	}
	r.base = cfg.String()
	// The flag package exists once a side, for the flag is forbidden after the removal.
	for _, s := range []struct{ as, source string }{{"rt", "example.com/rt"}, {"flagsbefore", "example.com/flags"}, {"flagsafter", "example.com/flags"}} {
		src := strings.ReplaceAll(u.stub[s.source], `"example.com/rt"`, `"rt"`)
		if err := r.compile(dir, s.as, []merged{{s.as + ".go", src}}, &r.base); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// compile compiles a package from sources and adds it to the import configuration.
func (r *Runner) compile(dir, as string, files []merged, cfg *string) error {
	src := filepath.Join(dir, "src", as)
	if err := os.MkdirAll(src, 0o755); err != nil {
		return err
	}
	object := filepath.Join(src, "pkg.a")
	config := filepath.Join(src, "importcfg")
	args := []string{"-p", as, "-o", object, "-importcfg", config, "-N", "-l", "-complete", "-pack", "-c=1", "-dwarf=false"}
	if err := os.WriteFile(config, []byte(*cfg), 0o644); err != nil {
		return err
	}
	for _, f := range files {
		file := filepath.Join(src, f.name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(f.text), 0o644); err != nil {
			return err
		}
		args = append(args, file)
	}
	cmd := exec.Command(filepath.Join(r.tool, "compile"), args...)
	cmd.Env = append(os.Environ(), "GOGC=400")
	if out, err := cmd.CombinedOutput(); err != nil {
		return &compileError{as, head(string(out), 2000), err}
	}
	*cfg += fmt.Sprintf("packagefile %s=%s\n", as, object)
	return nil
}

type compileError struct {
	pkg, out string
	err      error
}

func (e *compileError) Error() string {
	return fmt.Sprintf("compile %s: %v\n%s", e.pkg, e.err, e.out)
}

// Run runs the pairs; the outcomes are in their order.
func (r *Runner) Run(ctx context.Context, pairs []Pair) ([]Outcome, error) {
	out := make([]Outcome, len(pairs))
	var todo []int
	for i := range pairs {
		if err := r.merge(&pairs[i]); err != nil {
			out[i].Mismatch = "compile: " + err.Error()
			continue
		}
		todo = append(todo, i)
	}
	return out, r.run(ctx, pairs, todo, out)
}

// merge renders the sides of a pair that are not yet.
func (r *Runner) merge(p *Pair) error {
	if p.before != nil {
		return nil
	}
	b, err := r.u.Load(p.Before.Files)
	if err != nil {
		return err
	}
	a, err := r.u.Load(p.After)
	if err != nil {
		return err
	}
	p.sides = newSides(b, a)
	return nil
}

// run runs some of the pairs. Where the binary as a whole fails, and it is not
// told whose fault it is, halves are tried.
func (r *Runner) run(ctx context.Context, pairs []Pair, todo []int, out []Outcome) error {
	if len(todo) == 0 {
		return nil
	}
	text, err := r.binary(ctx, pairs, todo)
	if compile := (*compileError)(nil); errors.As(err, &compile) && len(todo) == 1 {
		out[todo[0]].Mismatch = compile.Error()
		return nil
	} else if errors.As(err, &compile) {
		return r.halves(ctx, pairs, todo, out)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	index := map[string]int{}
	for _, i := range todo {
		index[strconv.Itoa(i)] = i
	}
	done := map[int]bool{}
	var at *Outcome
	ended := false
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		switch {
		case len(f) == 2 && f[0] == "ok":
			done[index[f[1]]] = true
		case len(f) == 3 && (f[0] == "mismatch" || f[0] == "hang"):
			i := index[f[1]]
			done[i] = true
			at = &out[i]
			at.Mismatch = f[0] + " " + f[2] + "\n"
		case len(f) > 0 && (f[0] == "<" || f[0] == ">") && at != nil:
			at.Mismatch += line
		case line == "end\n":
			ended = true
		}
	}
	if ended {
		return nil
	}
	var rest []int
	for _, i := range todo {
		if !done[i] {
			rest = append(rest, i)
		}
	}
	switch {
	case len(rest) == 0:
		return nil
	case len(rest) < len(todo):
		return r.run(ctx, pairs, rest, out)
	case len(todo) == 1:
		out[todo[0]].Mismatch = fmt.Sprintf("the binary failed: %v\n%s", err, text)
		return nil
	}
	return r.halves(ctx, pairs, todo, out)
}

func (r *Runner) halves(ctx context.Context, pairs []Pair, todo []int, out []Outcome) error {
	h := len(todo) / 2
	return errors.Join(r.run(ctx, pairs, todo[:h], out), r.run(ctx, pairs, todo[h:], out))
}

// binary compiles, links and runs pairs, and returns what the binary printed.
func (r *Runner) binary(ctx context.Context, pairs []Pair, todo []int) (string, error) {
	dir, err := os.MkdirTemp(r.dir, "batch")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	var files []merged
	var table, served strings.Builder
	for _, i := range todo {
		p, id := pairs[i], strconv.Itoa(i)
		for _, side := range []struct {
			name  string
			files []merged
		}{{before, p.before}, {after, p.after}} {
			for _, f := range side.files {
				files = append(files, merged{path.Join(side.name, id, f.name), strings.ReplaceAll(f.text, idMark, id)})
			}
			for key, values := range p.Before.Served {
				if side.name == after && key == p.Before.Key && !p.Left {
					values = []string{"!"}
				}
				fmt.Fprintf(&served, "%s/%s/%s\t%s\n", side.name, id, key, strings.Join(values, "\t"))
			}
		}
		fmt.Fprintf(&table, "{ID: %q, Before: before%[2]s_main_main, After: after%[2]s_main_main, Dropped: %#[3]v},\n", id, id, p.dropped)
	}
	files = append(files, merged{"main.go", fmt.Sprintf("package main\n\nimport \"rt\"\n\nfunc main() {\nrt.Main([]rt.Program{\n%s}, %d)\n}\n", &table, Runs)})
	cfg := r.base
	if err := r.compile(dir, "main", files, &cfg); err != nil {
		return "", err
	}
	config := filepath.Join(dir, "importcfg")
	if err := os.WriteFile(config, []byte(cfg), 0o644); err != nil {
		return "", err
	}
	exe := filepath.Join(dir, "batch.exe")
	link := exec.Command(filepath.Join(r.tool, "link"), "-importcfg", config, "-o", exe, "-s", "-w", "-buildmode=exe",
		"-X", "flagsbefore.env="+servedEnv, "-X", "flagsafter.env="+servedEnv, filepath.Join(dir, "src", "main", "pkg.a"))
	if out, err := link.CombinedOutput(); err != nil {
		return "", fmt.Errorf("link: %w\n%s", err, out)
	}
	values := filepath.Join(dir, "served")
	if err := os.WriteFile(values, []byte(served.String()), 0o644); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe)
	cmd.Env = append(os.Environ(), servedEnv+"="+values)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err = cmd.Run(); err != nil {
		err = fmt.Errorf("%w\n%s", err, head(stderr.String(), 2000))
	}
	return stdout.String(), err
}

// servedEnv is the variable that names the file with the flags' values.
const servedEnv = "DIFFTEST_SERVED"

func head(s string, n int) string { return s[:min(n, len(s))] }
