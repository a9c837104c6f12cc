package load

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/tools/go/packages"
)

// Listing is what the go command tells of packages, before any is parsed or typed.
type Listing struct {
	// Packages are those that would be typed from source, in the order of
	// Program.Packages, with their imports (Deps) and without syntax and types.
	Packages []*Package
	// Modules and Whole are as in Program.
	Modules []Module
	Whole   bool
	// Errors are what the go command told.
	Errors []Error

	opts   Options
	files  *parseCache
	graphs []*graph
}

// List asks the go command for the packages that the options name, under every build
// configuration. Errors are as those of Load.
func List(ctx context.Context, opts Options) (*Listing, error) {
	configs := opts.Configs
	if len(configs) == 0 {
		configs = []BuildConfig{{}}
	}
	if opts.Env == nil {
		opts.Env = []string{} // nil would mean this process's environment
	}
	l := &Listing{opts: opts, files: newParseCache(opts.Overlay)}
	for _, config := range configs {
		g, err := list(ctx, opts, config)
		if err != nil {
			return nil, configError(config, err)
		}
		l.graphs = append(l.graphs, g)
		l.Errors = append(l.Errors, g.errs...)
		for _, p := range g.source {
			l.Packages = append(l.Packages, g.packages[p])
		}
	}
	l.Modules = modules(l.Packages)
	l.Whole = whole(opts, l.Modules)
	return l, nil
}

// Program is the listing as a program whose packages were not typed, for those who
// only want to know which these are.
func (l *Listing) Program() *Program {
	p := &Program{
		Fset: l.files.fset, Packages: l.Packages, Sources: map[string][]byte{}, Modules: l.Modules, Whole: l.Whole,
		Errors: distinct(l.Errors), held: map[string]bool{},
	}
	for _, pkg := range l.Packages {
		for _, name := range pkg.GoFiles {
			p.held[name] = true
		}
	}
	return p
}

// Outside returns the imports of a package that are not typed from source, by path.
func (p *Package) Outside() map[string]*packages.Package {
	out := map[string]*packages.Package{}
	for path, dep := range p.imports {
		if p.Deps[path] == nil {
			out[path] = dep
		}
	}
	return out
}

// Environment is what the go command says of itself, as far as types may depend on it.
type Environment struct {
	GOVERSION, GOROOT, GOMODCACHE, GOOS, GOARCH, GOFLAGS, GOEXPERIMENT, CGO_ENABLED, GODEBUG string
}

// ReadEnvironment asks the go command.
func ReadEnvironment(ctx context.Context, opts Options) (*Environment, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "-json", "GOVERSION", "GOROOT", "GOMODCACHE", "GOOS", "GOARCH", "GOFLAGS",
		"GOEXPERIMENT", "CGO_ENABLED", "GODEBUG")
	cmd.Dir = opts.Dir
	cmd.Env = append(slices.Clip(opts.Env), "PWD="+opts.Dir)
	out, err := cmd.Output()
	if err != nil {
		return nil, driverError(ctx, err)
	}
	var env Environment
	err = json.Unmarshal(out, &env)
	return &env, err
}

// Fixed reports whether the files of a package that is not typed from source never
// change, and what tells them apart from others then: they are in the cache of
// modules, or in Go's own release.
func (e *Environment) Fixed(p *packages.Package) (id string, ok bool) {
	in := func(dir string) bool { return dir != "" && p.Dir != "" && within(dir, p.Dir) }
	if p.Module == nil {
		return e.GOVERSION, in(e.GOROOT) && strings.HasPrefix(e.GOVERSION, "go")
	}
	m := p.Module
	if m.Replace != nil {
		m = m.Replace
	}
	if m.Version == "" || !in(e.GOMODCACHE) {
		return "", false
	}
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return "", false
	}
	version, err := module.EscapeVersion(m.Version)
	if err != nil || !within(filepath.Join(e.GOMODCACHE, filepath.FromSlash(path)+"@"+version), p.Dir) {
		return "", false
	}
	return m.Path + "@" + m.Version, true
}

// Expect makes the listing ask about the text of every file that it parses.
func (l *Listing) Expect(same func(name string, src []byte) bool) { l.files.expect = same }

// Call makes files have the names in positions that a function gives, nil their own. What was
// parsed before is forgotten.
func (l *Listing) Call(as func(name string) string) { l.files.call(as) }

// Changed reports whether a file had another text than was expected when it was parsed.
func (l *Listing) Changed() bool {
	l.files.mu.Lock()
	defer l.files.mu.Unlock()
	return l.files.changed
}

// ReadFile returns the text of a Go file, as the overlay or the disk has it now.
func (l *Listing) ReadFile(name string) ([]byte, error) {
	if src, ok := l.opts.Overlay[name]; ok {
		return src, nil
	}
	return os.ReadFile(name)
}
