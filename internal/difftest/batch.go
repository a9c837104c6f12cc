package difftest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Pair is a program before and after a removal.
type Pair struct {
	Before *Program
	After  map[string]string
	// Left: the removal told that it left evaluations of the flag, which are
	// then served as before.
	Left bool
}

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
		if err := r.compile(dir, s.as, map[string]string{s.as + ".go": src}, &r.base); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// compile compiles a package from sources and adds it to the import configuration.
func (r *Runner) compile(dir, as string, files map[string]string, cfg *string) error {
	src := filepath.Join(dir, "src", as)
	if err := os.MkdirAll(src, 0o755); err != nil {
		return err
	}
	object := filepath.Join(src, "pkg.a")
	config := filepath.Join(src, "importcfg")
	args := []string{"-p", as, "-o", object, "-importcfg", config, "-N", "-l", "-complete", "-pack", "-c=1"}
	if as == "batch" {
		args[1] = "main"
	}
	if err := os.WriteFile(config, []byte(*cfg), 0o644); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(src, path.Base(name))
		if err := os.WriteFile(file, []byte(files[name]), 0o644); err != nil {
			return err
		}
		args = append(args, file)
	}
	if out, err := exec.Command(filepath.Join(r.tool, "compile"), args...).CombinedOutput(); err != nil {
		return &compileError{as, string(out), err}
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
	todo := make([]int, len(pairs))
	for i := range pairs {
		todo[i] = i
	}
	return out, r.run(ctx, pairs, todo, out)
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
	cfg := r.base
	var imports, table strings.Builder
	served := map[string]*strings.Builder{"before": {}, "after": {}}
	for _, i := range todo {
		p := pairs[i]
		for _, side := range []string{"before", "after"} {
			files := p.Before.Files
			if side == "after" {
				files = p.After
			}
			root := fmt.Sprintf("%s/%d", side, i)
			if err := r.program(dir, root, side, files, &cfg); err != nil {
				return "", err
			}
			fmt.Fprintf(&imports, "import %s%d %q\n", side, i, root)
			for key, values := range p.Before.Served {
				if side == "after" && key == p.Before.Key && !p.Left {
					values = []string{"!"}
				}
				fmt.Fprintf(served[side], "%s\t%s\n", key, strings.Join(values, "\t"))
			}
		}
		fmt.Fprintf(&table, "{ID: %q, Before: before%d.Main, After: after%[2]d.Main},\n", strconv.Itoa(i), i)
	}
	main := fmt.Sprintf("package main\n\nimport \"rt\"\n%s\nfunc main() {\nrt.Main([]rt.Program{\n%s}, %d)\n}\n", &imports, &table, Runs)
	if err := r.compile(dir, "batch", map[string]string{"main.go": main}, &cfg); err != nil {
		return "", err
	}
	config := filepath.Join(dir, "importcfg")
	if err := os.WriteFile(config, []byte(cfg), 0o644); err != nil {
		return "", err
	}
	exe := filepath.Join(dir, "batch.exe")
	link := exec.Command(filepath.Join(r.tool, "link"), "-importcfg", config, "-o", exe, "-s", "-w", "-buildmode=exe",
		"-X", "flagsbefore.env=DIFFTEST_BEFORE", "-X", "flagsafter.env=DIFFTEST_AFTER", filepath.Join(dir, "src", "batch", "pkg.a"))
	if out, err := link.CombinedOutput(); err != nil {
		return "", fmt.Errorf("link: %w\n%s", err, out)
	}
	env := os.Environ()
	for side, b := range served {
		file := filepath.Join(dir, "served."+side)
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			return "", err
		}
		env = append(env, "DIFFTEST_"+strings.ToUpper(side)+"="+file)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe)
	cmd.Env = env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err = cmd.Run(); err != nil {
		err = fmt.Errorf("%w\n%s", err, head(stderr.String(), 2000))
	}
	return stdout.String(), err
}

func head(s string, n int) string { return s[:min(n, len(s))] }

// program compiles the packages of one side, imported ones first.
func (r *Runner) program(dir, root, side string, files map[string]string, cfg *string) error {
	pkgs := map[string]map[string]string{} // import path in the module -> files
	deps := map[string][]string{}
	for name, text := range files {
		p := path.Join(ModulePath, path.Dir(name))
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return &compileError{p, err.Error(), err}
		}
		for _, s := range f.Imports {
			v, _ := strconv.Unquote(s.Path.Value)
			deps[p] = append(deps[p], v)
		}
		if pkgs[p] == nil {
			pkgs[p] = map[string]string{}
		}
		pkgs[p][name] = r.rewrite(text, root, side, f.Name.Name)
	}
	done := map[string]bool{}
	var visit func(p string) error
	visit = func(p string) error {
		if done[p] || pkgs[p] == nil {
			return nil
		}
		done[p] = true
		for _, d := range deps[p] {
			if err := visit(d); err != nil {
				return err
			}
		}
		return r.compile(dir, root+strings.TrimPrefix(p, ModulePath), pkgs[p], cfg)
	}
	for _, p := range slices.Sorted(maps.Keys(pkgs)) {
		if err := visit(p); err != nil {
			return err
		}
	}
	return nil
}

// rewrite makes a file's imports those of its side, and its main function one
// that another package can call.
func (r *Runner) rewrite(text, root, side, pkg string) string {
	text = strings.ReplaceAll(text, `"`+ModulePath+`/`, `"`+root+`/`)
	text = strings.ReplaceAll(text, `"example.com/rt"`, `"rt"`)
	text = strings.ReplaceAll(text, `"example.com/flags"`, `flags "flags`+side+`"`)
	if pkg == "main" {
		text = strings.Replace(text, "package main", "package program", 1)
		text = strings.Replace(text, "\nfunc main() {", "\nfunc Main() {", 1)
	}
	return text
}
