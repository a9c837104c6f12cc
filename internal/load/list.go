package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/tools/go/packages"
)

// graph is the package graph under one build configuration.
type graph struct {
	config BuildConfig
	roots  map[*packages.Package]bool
	// source holds the packages to type from source, dependencies first.
	source []*packages.Package
	// packages are those of source, as they are told.
	packages map[*packages.Package]*Package
	inside   map[*packages.Package]bool // of source
	// outside are the import paths that source packages import from export data.
	outside []string
	errs    []Error
}

const listMode = packages.NeedName | packages.NeedFiles | packages.NeedImports |
	packages.NeedDeps | packages.NeedModule | packages.NeedForTest

// list asks the go command for the package graph.
func list(ctx context.Context, opts Options, config BuildConfig) (*graph, error) {
	cfg := driverConfig(ctx, opts, config)
	cfg.Mode = listMode
	cfg.Tests = opts.Tests
	patterns, err := workspacePatterns(opts)
	if err != nil {
		return nil, err
	}
	opts.Patterns = patterns
	roots, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, driverError(ctx, err)
	}
	roots = slices.DeleteFunc(roots, isTestMain)
	if err := checkPatterns(opts, roots); err != nil {
		return nil, err
	}
	g := &graph{config: config, roots: map[*packages.Package]bool{}, inside: map[*packages.Package]bool{}}
	for _, p := range roots {
		g.roots[p] = true
	}
	g.choose(roots, opts)
	g.packages = make(map[*packages.Package]*Package, len(g.source))
	for _, p := range g.source {
		pkg := &Package{
			Package: p, Config: config.Name(), Root: g.roots[p], Main: isMain(p),
			Deps: map[string]*Package{}, imports: p.Imports,
		}
		for path, dep := range p.Imports {
			if d := g.packages[dep]; d != nil {
				pkg.Deps[path] = d
			}
		}
		g.packages[p] = pkg
	}
	return g, nil
}

// driverConfig is the part of the configuration that both questions to the go
// command share.
func driverConfig(ctx context.Context, opts Options, config BuildConfig) *packages.Config {
	cfg := &packages.Config{
		Context: ctx,
		Dir:     opts.Dir,
		Env:     slices.Clone(opts.Env),
		Overlay: opts.Overlay,
	}
	if config.GOOS != "" {
		cfg.Env = append(cfg.Env, "GOOS="+config.GOOS)
	}
	if config.GOARCH != "" {
		cfg.Env = append(cfg.Env, "GOARCH="+config.GOARCH)
	}
	if len(config.Tags) > 0 {
		cfg.BuildFlags = []string{"-tags=" + strings.Join(config.Tags, ",")}
	}
	return cfg
}

// isTestMain reports whether p is the generated main package of a test binary.
func isTestMain(p *packages.Package) bool {
	return p.Name == "main" && strings.HasSuffix(p.ID, ".test") &&
		!slices.ContainsFunc(p.GoFiles, func(f string) bool { return strings.HasSuffix(f, ".go") })
}

// choose decides which packages are typed from source: main modules, what a
// directory replaces, the roots, what imports a module of opts.Through, and, so
// that no package exists twice, all that imports one of these.
func (g *graph) choose(roots []*packages.Package, opts Options) {
	through := make(map[string]bool, len(opts.Through))
	for _, m := range opts.Through {
		through[m] = true
	}
	// A module is named with or without its major version.
	named := func(p *packages.Package) bool {
		if p.Module == nil {
			return false
		}
		prefix, _, _ := module.SplitPathVersion(p.Module.Path)
		return through[p.Module.Path] || through[prefix]
	}
	seesThrough := map[*packages.Package]bool{}
	outside := map[string]bool{}
	packages.Visit(roots, nil, func(p *packages.Package) { // postorder
		if p.PkgPath == "unsafe" {
			return
		}
		own := g.roots[p] || isMain(p) || isLocalReplace(p)
		for _, dep := range p.Imports {
			if g.inside[dep] {
				own = true
			}
			seesThrough[p] = seesThrough[p] || seesThrough[dep] || named(dep)
		}
		if seesThrough[p] && !named(p) {
			own = true
		}
		if len(p.Errors) > 0 && (own || p.Name == "" || len(p.GoFiles) == 0) {
			g.errs = append(g.errs, listErrors(p, opts.Dir)...)
		}
		if own && p.Name != "" && len(p.GoFiles) > 0 {
			g.inside[p] = true
			g.source = append(g.source, p)
		}
	})
	for _, p := range g.source {
		for path, dep := range p.Imports {
			if !g.inside[dep] && path != "unsafe" && dep.Name != "" {
				outside[dep.PkgPath] = true
			}
		}
	}
	for path := range outside {
		g.outside = append(g.outside, path)
	}
	slices.Sort(g.outside)
	// Visit goes by map order; the order of the source packages must not.
	g.source = topological(g.source, g.inside)
}

func isMain(p *packages.Package) bool { return p.Module != nil && p.Module.Main }

func isLocalReplace(p *packages.Package) bool {
	return p.Module != nil && p.Module.Replace != nil && p.Module.Replace.Version == ""
}

// topological sorts packages by ID, dependencies first.
func topological(pkgs []*packages.Package, inside map[*packages.Package]bool) []*packages.Package {
	sorted := slices.SortedFunc(slices.Values(pkgs), func(a, b *packages.Package) int { return cmp.Compare(a.ID, b.ID) })
	seen := map[*packages.Package]bool{}
	var out []*packages.Package
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if seen[p] || !inside[p] {
			return
		}
		seen[p] = true
		deps := make([]*packages.Package, 0, len(p.Imports))
		for _, dep := range p.Imports {
			deps = append(deps, dep)
		}
		slices.SortFunc(deps, func(a, b *packages.Package) int { return cmp.Compare(a.ID, b.ID) })
		for _, dep := range deps {
			visit(dep)
		}
		out = append(out, p)
	}
	for _, p := range sorted {
		visit(p)
	}
	return out
}

// checkPatterns refuses a pattern that matches nothing.
func checkPatterns(opts Options, roots []*packages.Package) error {
	for _, p := range roots {
		// The go command makes a package of a pattern that it cannot use.
		if p.Name == "" && len(p.GoFiles) == 0 && len(p.Errors) > 0 && p.Module == nil &&
			(len(roots) == 1 || slices.Contains(opts.Patterns, p.ID)) {
			return patternError(opts, p)
		}
	}
	patterns := opts.Patterns
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	for _, pattern := range patterns {
		if len(roots) == 0 || strings.Contains(pattern, "...") && !matchesAny(opts.Dir, pattern, roots) {
			return fmt.Errorf("%s: matches no packages (name a directory with Go files, or a pattern such as ./...)", pattern)
		}
	}
	return nil
}

func patternError(opts Options, p *packages.Package) error {
	msg := p.Errors[0].Msg
	switch {
	case strings.Contains(msg, "does not contain main module"), strings.Contains(msg, "cannot find main module"),
		strings.Contains(msg, "outside available modules"), strings.Contains(msg, "does not contain modules listed in go.work"),
		strings.Contains(msg, "outside main module"), strings.Contains(msg, "outside modules listed in go.work"):
		return fmt.Errorf("%s: %s is in no module of this build (run in a directory below its go.mod, or name one with -C)", opts.Dir, p.ID)
	case strings.Contains(msg, "directory not found"), strings.Contains(msg, "no such file or directory"):
		return fmt.Errorf("%s: no such directory (packages are named by directory, ./dir, or import path)", p.ID)
	case strings.Contains(msg, "no Go files in"):
		return fmt.Errorf("%s: no Go files (name a directory with Go files, or a pattern such as %s/...)", p.ID, strings.TrimSuffix(p.ID, "/"))
	}
	return fmt.Errorf("%s: %s", p.ID, oneLine(msg))
}

// matchesAny reports whether a pattern with "..." names one of the packages.
func matchesAny(dir, pattern string, roots []*packages.Package) bool {
	local := pattern == "..." || strings.HasPrefix(pattern, "./") || strings.HasPrefix(pattern, "../") || filepath.IsAbs(pattern)
	if pattern == "..." || pattern == "all" {
		return true
	}
	if local && !filepath.IsAbs(pattern) {
		pattern = filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(pattern)))
	}
	quoted := strings.ReplaceAll(regexp.QuoteMeta(path.Clean(pattern)), `\.\.\.`, `.*`)
	quoted = strings.TrimSuffix(quoted, `/.*`) + `(/.*)?`
	if !strings.HasSuffix(pattern, "/...") {
		quoted = strings.TrimSuffix(quoted, `(/.*)?`)
	}
	re, err := regexp.Compile("^" + quoted + "$")
	if err != nil {
		return true
	}
	return slices.ContainsFunc(roots, func(p *packages.Package) bool {
		if local {
			return re.MatchString(filepath.ToSlash(p.Dir)) || p.Dir == ""
		}
		return re.MatchString(p.PkgPath)
	})
}

var position = regexp.MustCompile(`^(.*?\.[^:/\\]+):(\d+)(?::(\d+))?$`)

// listErrors are what the go command tells of a package.
func listErrors(p *packages.Package, dir string) []Error {
	var out []Error
	for _, e := range p.Errors {
		err := Error{Package: p.PkgPath, Message: oneLine(e.Msg)}
		if m := position.FindStringSubmatch(e.Pos); m != nil {
			err.File = m[1]
			err.Line, _ = strconv.Atoi(m[2])
			err.Column, _ = strconv.Atoi(m[3])
			if !filepath.IsAbs(err.File) {
				err.File = filepath.Join(dir, err.File)
			}
		}
		out = append(out, err)
	}
	return out
}

// driverError puts the go command's complaint in one line.
func driverError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	msg := err.Error()
	if strings.Contains(msg, "executable file not found") {
		return errors.New("the go command is not in PATH (flaglint asks it for packages; install Go)")
	}
	if _, after, ok := strings.Cut(msg, "stderr: "); ok && strings.TrimSpace(after) != "" {
		msg = after
	}
	return errors.New(oneLine(strings.TrimPrefix(strings.TrimSpace(msg), "go: ")))
}

// oneLine joins the lines of what the go command says.
func oneLine(s string) string {
	var parts []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, " ")
}
