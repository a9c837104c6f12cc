package load

import (
	"cmp"
	"context"
	"fmt"
	"go/types"
	"runtime"
	"slices"
	"strings"
)

// Load loads the packages that the options name, under every build
// configuration. Wrong packages are no error: what is wrong with them is in
// Program.Errors. An error means that there is nothing to work on: the
// directory is in no module, a pattern matches no package, or the go command
// fails.
func Load(ctx context.Context, opts Options) (*Program, error) {
	l, err := List(ctx, opts)
	if err != nil {
		return nil, err
	}
	return l.Load(ctx)
}

// Load types all packages of the listing. It can be called once.
func (l *Listing) Load(ctx context.Context) (*Program, error) {
	opts, files := l.opts, l.files
	prog := &Program{Fset: files.fset}
	for _, g := range l.graphs {
		exports, err := readExports(ctx, opts, g.config, files.fset, g.outside)
		if err != nil {
			return nil, configError(g.config, err)
		}
		prog.Errors = append(prog.Errors, g.errs...)
		if err := l.check(ctx, prog, g, exports); err != nil {
			return nil, err
		}
	}
	prog.Sources = files.sources()
	prog.Modules = modules(prog.Packages)
	prog.Whole = whole(opts, prog.Modules)
	prog.Errors = distinct(prog.Errors)
	return prog, nil
}

// check types the packages of a graph and adds them to a program, with what is wrong
// with them.
func (l *Listing) check(ctx context.Context, prog *Program, g *graph, exports *exports) error {
	sizes, err := sizesFor(l.opts, g.config)
	if err != nil {
		return err
	}
	c := &checker{graph: g, files: l.files, exports: exports, sizes: sizes, opts: l.opts}
	pkgs, errs := c.run()
	if err := ctx.Err(); err != nil {
		return err
	}
	prog.checkers = append(prog.checkers, c)
	prog.Packages = append(prog.Packages, pkgs...)
	prog.Errors = append(prog.Errors, errs...)
	return nil
}

func sizesFor(opts Options, config BuildConfig) (types.Sizes, error) {
	arch := goarch(opts.Env, config)
	sizes := types.SizesFor("gc", arch)
	if sizes == nil {
		return nil, fmt.Errorf("unknown architecture %q (go tool dist list names the known ones)", arch)
	}
	return sizes, nil
}

func configError(config BuildConfig, err error) error {
	if name := config.Name(); name != "" {
		return fmt.Errorf("build configuration %s: %w", name, err)
	}
	return err
}

// goarch is the architecture that the go command builds for.
func goarch(env []string, config BuildConfig) string {
	if config.GOARCH != "" {
		return config.GOARCH
	}
	arch := runtime.GOARCH
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, "GOARCH="); ok && v != "" {
			arch = v
		}
	}
	return arch
}

// modules are the main modules of the packages.
func modules(pkgs []*Package) []Module {
	var out []Module
	for _, p := range pkgs {
		if p.Main && !slices.ContainsFunc(out, func(m Module) bool { return m.Path == p.Module.Path }) {
			out = append(out, Module{Path: p.Module.Path, Dir: p.Module.Dir, GoMod: p.Module.GoMod})
		}
	}
	slices.SortFunc(out, func(a, b Module) int { return cmp.Compare(a.Dir, b.Dir) })
	return out
}

// distinct sorts errors by position and drops repetitions: a file that several
// packages hold has its errors in each.
func distinct(errs []Error) []Error {
	slices.SortStableFunc(errs, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(errs, func(a, b Error) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message &&
			(a.File != "" || a.Package == b.Package)
	})
}
