package testrun

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Options say what is copied, and how tests are run.
type Options struct {
	// Modules are the absolute directories of the main modules.
	Modules []string
	// Work is the absolute name of the go.work file that holds; empty: none.
	Work string
	// Env is the environment, as os.Environ gives it.
	Env []string
	// Tags are the build tags of the runs: one run for each list. None means one
	// run without tags.
	Tags [][]string
	// TempDir is where the copy is made.
	TempDir string
}

// Package is a package whose tests are to be run.
type Package struct {
	Path   string
	Dir    string // absolute, in the original
	Module string // absolute directory of its module, in the original
}

// Runner runs tests in a copy. Close deletes it.
type Runner struct {
	opts   Options
	layout *layout
	dir    string
	env    []string
	held   map[string]*original // files of the copy that are not as in the original
}

// original is what a changed file of the copy was; nil data: there was none.
type original struct{ data []byte }

// New copies the modules. When ctx is done it leaves nothing behind.
func New(ctx context.Context, opts Options) (*Runner, error) {
	l, err := newLayout(opts.Modules, opts.Work)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(opts.TempDir, "flaglint-test-")
	if err != nil {
		return nil, err
	}
	// The go command names files by their real path.
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	r := &Runner{opts: opts, layout: l, dir: dir, held: map[string]*original{}}
	if err := r.copyAll(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the modules cannot be copied to run their tests: %w", err), r.Close())
	}
	// A directory above the temporary one decides nothing.
	work := "off"
	if opts.Work != "" {
		work = r.inCopy(opts.Work)
	}
	r.env = append(slices.Clone(opts.Env), "GOWORK="+work)
	return r, nil
}

func (r *Runner) copyAll(ctx context.Context) error {
	for _, dir := range r.layout.dirs {
		to := r.inCopy(dir)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := copyTree(ctx, dir, to, r.dir); err != nil {
			return err
		}
	}
	if r.layout.work == "" {
		return nil
	}
	for _, name := range []string{r.layout.work, r.layout.work + ".sum"} {
		to := r.inCopy(name)
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		if err := copyFile(name, to); err != nil {
			return err
		}
	}
	vendor := filepath.Join(filepath.Dir(r.layout.work), "vendor")
	if _, err := os.Stat(r.inCopy(vendor)); err == nil {
		return nil
	}
	if info, err := os.Stat(vendor); err != nil || !info.IsDir() {
		return nil
	}
	return copyTree(ctx, vendor, r.inCopy(vendor), r.dir)
}

// Close deletes the copy.
func (r *Runner) Close() error {
	// Tests may leave directories that cannot be written.
	_ = filepath.WalkDir(r.dir, func(name string, d os.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			if info, err := d.Info(); err == nil && info.Mode().Perm()&0o700 != 0o700 {
				_ = os.Chmod(name, 0o700)
			}
		}
		return nil
	})
	return os.RemoveAll(r.dir)
}

// inCopy is the name that a file of the original has in the copy.
func (r *Runner) inCopy(name string) string {
	rel, err := filepath.Rel(r.layout.root, name)
	if err != nil {
		return filepath.Join(r.dir, "m")
	}
	return filepath.Join(r.dir, "m", rel)
}

// Set makes the files of the copy those of the original with some changed: nil
// content deletes one. What an earlier Set changed is put back.
func (r *Runner) Set(files map[string][]byte) error {
	for name, o := range r.held {
		if err := write(name, o.data); err != nil {
			return err
		}
	}
	clear(r.held)
	for name, data := range files {
		if !within(r.layout.root, name) {
			continue
		}
		to := r.inCopy(name)
		was, err := os.ReadFile(to)
		switch {
		case errors.Is(err, os.ErrNotExist):
			was = nil
		case err != nil:
			return err
		case was == nil:
			was = []byte{}
		}
		r.held[to] = &original{was}
		if err := write(to, data); err != nil {
			return err
		}
	}
	return nil
}

// write gives a file its content, or deletes it.
func write(name string, data []byte) error {
	if data == nil {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	return os.WriteFile(name, data, 0o644)
}

// grace is how long tests may take to end when they are interrupted.
const grace = 5 * time.Second

// Run runs the tests of the packages, or only those top-level tests that are
// named. That tests fail is no error. An error means that nothing was learned:
// the go command did not run, or ctx is done.
func (r *Runner) Run(ctx context.Context, pkgs []Package, only ...string) (Results, error) {
	tags := r.opts.Tags
	if len(tags) == 0 {
		tags = [][]string{nil}
	}
	out := Results{}
	for _, list := range tags {
		byModule := map[string][]Package{}
		for _, p := range pkgs {
			if names, _ := filepath.Glob(filepath.Join(r.inCopy(p.Dir), "*.go")); len(names) > 0 {
				byModule[p.Module] = append(byModule[p.Module], p)
			}
		}
		for module, pkgs := range byModule {
			if err := r.run(ctx, out, module, pkgs, list, only); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (r *Runner) run(ctx context.Context, out Results, module string, pkgs []Package, tags, only []string) error {
	args := []string{"test", "-json", "-vet=off", "-count=1"}
	if len(tags) > 0 {
		args = append(args, "-tags="+strings.Join(tags, ","))
	}
	if len(only) > 0 {
		args = append(args, "-run=^("+strings.Join(only, "|")+")$")
	}
	for _, p := range pkgs {
		rel, err := filepath.Rel(module, p.Dir)
		if err != nil {
			return err
		}
		args = append(args, "./"+filepath.ToSlash(rel))
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = r.inCopy(module)
	cmd.Env = r.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	kill := group(cmd)
	cmd.WaitDelay = grace
	err := cmd.Run()
	if ctx.Err() != nil {
		kill()
		return ctx.Err()
	}
	found, ran := parse(&stdout)
	if !ran && err != nil {
		msg := strings.Join(strings.Fields(stderr.String()), " ")
		if msg == "" {
			msg = err.Error()
		}
		return fmt.Errorf("go test does not run: %s", msg)
	}
	out.merge(found)
	return nil
}
