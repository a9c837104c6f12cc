package load

import (
	"bytes"
	"go/build"
	"go/build/constraint"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Unloaded returns the Go files of the main modules that no loaded package
// holds, by absolute name, in order: those that build constraints exclude under
// every configuration. The directories that the go command passes over (vendor,
// testdata, hidden ones, nested modules) are not looked into.
func (p *Program) Unloaded() ([]string, error) {
	var out []string
	for _, m := range p.Modules {
		err := filepath.WalkDir(m.Dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				base := d.Name()
				if name == m.Dir {
					return nil
				}
				if base == "vendor" || base == "testdata" || base[0] == '.' || base[0] == '_' {
					return fs.SkipDir
				}
				if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
					return fs.SkipDir
				}
				return nil
			}
			if strings.HasSuffix(name, ".go") && d.Name()[0] != '.' && d.Name()[0] != '_' && p.Sources[name] == nil && !p.held[name] {
				out = append(out, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// platforms are tried in this order for a file that is not built on this one.
var platforms = []string{"linux", "windows", "darwin", "freebsd", "openbsd", "netbsd", "solaris", "illumos",
	"dragonfly", "aix", "android", "ios", "js", "plan9", "wasip1"}

// architectures likewise.
var architectures = []string{"amd64", "arm64", "386", "arm", "wasm", "ppc64le", "ppc64", "riscv64", "s390x", "mips64", "mips64le", "mips", "mipsle", "loong64"}

// maxTags bounds the tags of a file of which all combinations are tried.
const maxTags = 6

// ConfigFor returns a build configuration under which the go command builds the
// file, as near to base as can be: with base's platform if that does, and the
// fewest further tags. It answers false where there is none, as for files that
// are never built (the tag ignore).
func ConfigFor(name string, src []byte, base BuildConfig) (BuildConfig, bool) {
	goos, goarch := base.GOOS, base.GOARCH
	if goos == "" {
		goos = runtime.GOOS
	}
	if goarch == "" {
		goarch = runtime.GOARCH
	}
	tags := customTags(src)
	if slices.Contains(tags, "ignore") || len(tags) > maxTags {
		return BuildConfig{}, false
	}
	sets := tagSets(tags)
	builds := func(goos, goarch string, extra []string) bool {
		c := build.Default
		c.GOOS, c.GOARCH = goos, goarch
		c.BuildTags = append(slices.Clone(base.Tags), extra...)
		c.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src)), nil }
		for _, cgo := range []bool{true, false} {
			c.CgoEnabled = cgo
			if ok, err := c.MatchFile(filepath.Dir(name), filepath.Base(name)); err == nil && ok {
				return true
			}
		}
		return false
	}
	config := func(goos, goarch string, extra []string) BuildConfig {
		c := BuildConfig{GOOS: base.GOOS, GOARCH: base.GOARCH, Tags: append(slices.Clone(base.Tags), extra...)}
		if goos != runtime.GOOS || base.GOOS != "" {
			c.GOOS = goos
		}
		if goarch != runtime.GOARCH || base.GOARCH != "" {
			c.GOARCH = goarch
		}
		if c.GOOS == "" && c.GOARCH != "" {
			c.GOOS = goos
		}
		if c.GOARCH == "" && c.GOOS != "" {
			c.GOARCH = goarch
		}
		return c
	}
	for _, extra := range sets {
		for _, os := range append([]string{goos}, platforms...) {
			for _, arch := range append([]string{goarch}, architectures...) {
				if exists(os, arch) && builds(os, arch, extra) {
					return config(os, arch, extra), true
				}
			}
		}
	}
	return BuildConfig{}, false
}

// exists reports whether Go has a port to the platform; only the odd pairs are
// told apart, since the go command refuses the rest itself.
func exists(goos, goarch string) bool {
	switch goos {
	case "js", "wasip1":
		return goarch == "wasm"
	case "ios":
		return goarch == "arm64" || goarch == "amd64"
	case "darwin":
		return goarch == "arm64" || goarch == "amd64"
	case "windows":
		return goarch == "amd64" || goarch == "386" || goarch == "arm64"
	case "solaris", "illumos", "dragonfly":
		return goarch == "amd64"
	case "aix":
		return goarch == "ppc64"
	}
	return goarch != "wasm"
}

// customTags are the tags of a file's build constraint that are no platform, no
// Go version and not set by the toolchain.
func customTags(src []byte) []string {
	var out []string
	for line := range strings.SplitSeq(string(src), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "package ") {
			break
		}
		if !constraint.IsGoBuild(line) {
			continue
		}
		x, err := constraint.Parse(line)
		if err != nil {
			return nil
		}
		var visit func(constraint.Expr)
		visit = func(x constraint.Expr) {
			switch x := x.(type) {
			case *constraint.AndExpr:
				visit(x.X)
				visit(x.Y)
			case *constraint.OrExpr:
				visit(x.X)
				visit(x.Y)
			case *constraint.NotExpr:
				visit(x.X)
			case *constraint.TagExpr:
				t := x.Tag
				if slices.Contains(platforms, t) || slices.Contains(architectures, t) || t == "unix" || t == "cgo" || t == "gc" ||
					t == "gccgo" || strings.HasPrefix(t, "go1.") || strings.HasPrefix(t, "goexperiment.") || slices.Contains(out, t) {
					return
				}
				out = append(out, t)
			}
		}
		visit(x)
	}
	return out
}

// tagSets are all sets of the tags, the smaller first.
func tagSets(tags []string) [][]string {
	var out [][]string
	for mask := range 1 << len(tags) {
		var s []string
		for i, t := range tags {
			if mask&(1<<i) != 0 {
				s = append(s, t)
			}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(a) - len(b) })
	return out
}
