package load

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// BuildConfig is one build configuration to load under. The zero value is that
// of the environment.
type BuildConfig struct {
	GOOS   string
	GOARCH string
	Tags   []string
}

// Name renders the configuration as `--build-config` takes it:
// GOOS/GOARCH,tag,tag. The zero configuration has the empty name.
func (c BuildConfig) Name() string {
	var parts []string
	if c.GOOS != "" || c.GOARCH != "" {
		parts = append(parts, c.GOOS+"/"+c.GOARCH)
	}
	return strings.Join(append(parts, c.Tags...), ",")
}

// ParseBuildConfig reads GOOS/GOARCH,tag,tag; each part may be left out. It
// refuses text with an empty part or more than one slash.
func ParseBuildConfig(s string) (BuildConfig, error) {
	var c BuildConfig
	for i, part := range strings.Split(s, ",") {
		goos, goarch, platform := strings.Cut(part, "/")
		switch {
		case part == "" || part == "/", strings.Contains(goarch, "/"), platform && i > 0:
			return BuildConfig{}, fmt.Errorf("%q is no build configuration (want GOOS/GOARCH,tag,...)", s)
		case platform:
			c.GOOS, c.GOARCH = goos, goarch
		default:
			c.Tags = append(c.Tags, part)
		}
	}
	return c, nil
}

// Options say what to load.
type Options struct {
	Dir      string   // the directory that patterns are relative to, absolute
	Patterns []string // as the go command takes them; none means ./...
	Tests    bool     // also the test variants of the packages
	// Configs are the build configurations to load under; none means the zero one.
	Configs []BuildConfig
	// Env is the environment of the go command, as os.Environ gives it.
	Env []string
	// Overlay replaces the content of files, by absolute name.
	Overlay map[string][]byte
	// Through names modules. A package of a module outside the main ones that
	// imports one of them, however indirectly, is typed from source too, so
	// that facts flow through it.
	Through []string
	// Parallel bounds the packages that are typed at once; 0 means one a CPU.
	Parallel int
}

// Program is what was loaded.
type Program struct {
	// Fset holds the positions of all build configurations.
	Fset *token.FileSet
	// Packages are the packages typed from source, dependencies first, build
	// configuration by build configuration.
	Packages []*Package
	// Sources holds the bytes that each Go file was parsed from, by absolute name.
	Sources map[string][]byte
	// Modules are the main modules, by directory.
	Modules []Module
	// Whole says that the patterns name every package of the main modules, or of
	// all modules of the workspace.
	Whole bool
	// Errors are what is wrong with the packages: what the go command tells,
	// syntax and type errors, each once, by position.
	Errors []Error

	checkers []*checker // by build configuration, for Recheck
	// held are the Go files of all packages that were listed, and listed these packages, where
	// not all were typed.
	held   map[string]bool
	listed []*Package
}

// Module is a main module.
type Module struct {
	Path string
	Dir  string // absolute
	// GoMod is the absolute name of its go.mod.
	GoMod string
}

// Package is a package or a test variant of one, under one build configuration,
// typed from source. The Imports of the embedded package hold only packages
// that are typed from source and are sound, so that a driver of go/analysis
// runs on these alone.
type Package struct {
	*packages.Package
	// Config is the name of the build configuration.
	Config string
	// Root is set for packages that the patterns name, and their test variants.
	Root bool
	// Main is set for packages of a main module.
	Main bool
	// Declared is set where the bodies of functions were not typed.
	Declared bool
	// Deps are all imports that are typed from source, by import path.
	Deps map[string]*Package

	imports map[string]*packages.Package // all of them, for Recheck
	errs    []Error
}

// Sound reports whether the package, as far as it was loaded, is free of errors.
func (p *Package) Sound() bool { return !p.IllTyped }

// Error is something wrong with a package that was loaded.
type Error struct {
	Package string
	// File is absolute, and empty when the go command names no position. Line
	// and Column are 0 when not known.
	File         string
	Line, Column int
	Message      string
}

// Error renders FILE:LINE:COL: message.
func (e Error) Error() string {
	switch {
	case e.File == "":
		if e.Package == "" || strings.Contains(e.Message, e.Package) {
			return e.Message
		}
		return e.Package + ": " + e.Message
	case e.Line == 0:
		return e.File + ": " + e.Message
	case e.Column == 0:
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Analyzable returns the packages that go/analysis/checker.Analyze takes: those
// without errors, of every build configuration. Where a package has a test
// variant both are among them, since importers see facts of the former only;
// a finding is the same when rule, position and message are.
func (p *Program) Analyzable() []*packages.Package {
	var out []*packages.Package
	for _, pkg := range p.Packages {
		if pkg.Sound() {
			out = append(out, pkg.Package)
		}
	}
	return out
}

// ByID returns the loaded package that the analysis knows as pkg.
func (p *Program) ByID(pkg *packages.Package) *Package {
	i := slices.IndexFunc(p.Packages, func(q *Package) bool { return q.Package == pkg })
	if i < 0 {
		return nil
	}
	return p.Packages[i]
}
