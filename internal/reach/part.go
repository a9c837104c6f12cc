package reach

import (
	"bytes"
	"go/ast"
	"slices"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/mention"
	"github.com/flaghygiene/flaglint/removal"
)

// Part is the part of a program that a removal looks into. It grows.
type Part struct {
	groups map[string]*group
	order  []*group
	// words are the groups that have an exported name in a text, by their places in order.
	words     map[string][]int
	templates bool
}

// group is a package with its tests and variants, which join together.
type group struct {
	path    string
	files   map[string]bool
	imports map[string]bool // directly
	below   map[*group]bool // imported directly or not, made on first use
	in      bool
}

// Package is a package of the program, or a variant or test of one, as a part knows it.
type Package struct {
	// Path is the import path; of a variant or a test that of the package.
	Path    string
	Imports []string // import paths of the packages of the program that it imports
	Files   []string // absolute names
	// Templates says that it imports a package of templates.
	Templates bool
}

// New makes a part of a program, of the packages whose files have one of the keys as a
// string, or at all where it is no common word, and those that were in an earlier part of the same modules, if there is one.
// It reads all files of the packages; what cannot be read is an error.
func New(packages []Package, read func(name string) ([]byte, error), keys []string, before *Part) (*Part, error) {
	p := &Part{groups: map[string]*group{}, words: map[string][]int{}}
	var named [][]byte
	for _, k := range keys {
		named = append(named, []byte(`"`+k+`"`), []byte("`"+k+"`"))
		if mention.Distinctive(k) {
			named = append(named, []byte(k)) // a comment that names it is told
		}
	}
	for _, pkg := range packages {
		g := p.groups[pkg.Path]
		if g == nil {
			g = &group{path: pkg.Path, files: map[string]bool{}, imports: map[string]bool{}}
			p.groups[pkg.Path] = g
			p.order = append(p.order, g)
		}
		for _, path := range pkg.Imports {
			g.imports[path] = true
		}
		for _, name := range pkg.Files {
			g.files[name] = true
		}
		p.templates = p.templates || pkg.Templates
	}
	for i, g := range p.order {
		if before != nil && before.groups[g.path] != nil {
			g.in = before.groups[g.path].in
		}
		for name := range g.files {
			src, err := read(name)
			if err != nil {
				return nil, err
			}
			g.in = g.in || slices.ContainsFunc(named, func(q []byte) bool { return bytes.Contains(src, q) })
			eachWord(src, func(word []byte) {
				if at := p.words[string(word)]; len(at) == 0 || at[len(at)-1] != i {
					p.words[string(word)] = append(at, i)
				}
			})
		}
	}
	return p, nil
}

// packagesOf are the packages of a listing.
func packagesOf(listing *load.Listing) []Package {
	out := make([]Package, 0, len(listing.Packages))
	for _, pkg := range listing.Packages {
		p := Package{Path: groupOf(pkg), Files: pkg.GoFiles}
		for _, dep := range pkg.Deps {
			p.Imports = append(p.Imports, groupOf(dep))
		}
		for path := range pkg.Outside() {
			p.Templates = p.Templates || pkg.Main && (path == "text/template" || path == "html/template")
		}
		out = append(out, p)
	}
	return out
}

// groupOf is the path of the package that a package is a variant, or an external test,
// of.
func groupOf(p *load.Package) string { return testedPath(p.PkgPath, p.ForTest) }

// testedPath is the path of a package, but for an external test that of what it tests.
func testedPath(path, forTest string) string {
	if forTest != "" && path == forTest+"_test" {
		return forTest
	}
	return path
}

// eachWord calls f with the words of a text that begin with a capital letter, or with
// what may be one: identifiers that other packages can name.
func eachWord(src []byte, f func([]byte)) {
	inWord := func(c byte) bool {
		return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= 0x80
	}
	for i := 0; i < len(src); {
		if !inWord(src[i]) {
			i++
			continue
		}
		j := i + 1
		for j < len(src) && inWord(src[j]) {
			j++
		}
		if c := src[i]; 'A' <= c && c <= 'Z' || c >= 0x80 {
			f(src[i:j])
		}
		i = j
	}
}

// Has reports whether the package with a path, its tests and variants, belong to the part.
func (p *Part) Has(path string) bool {
	g := p.groups[path]
	return g != nil && g.in
}

// All lets every package join.
func (p *Part) All() {
	for _, g := range p.order {
		g.in = true
	}
}

// Size is the number of packages in the part, and of those that could be.
func (p *Part) Size() (in, all int) {
	for _, g := range p.order {
		if g.in {
			in++
		}
	}
	return in, len(p.order)
}

// Seed lets packages join that reference the flags with the keys, by what was
// found of the whole program: sites are the references of packages, by path. Those with
// evaluations of unknown flags by the same systems join too.
func (p *Part) Seed(keys []string, sites map[string][]analyzer.Site) {
	providers := map[string]bool{}
	var files []string
	for path, list := range sites {
		for _, s := range list {
			if !slices.Contains(keys, s.Key) || s.Key == "" {
				continue
			}
			p.groups[path].in = true
			if s.Kind == flagref.Evaluation {
				providers[s.Provider] = true
			}
			for _, via := range s.Via {
				files = append(files, via.Filename)
			}
		}
	}
	for path, list := range sites {
		if slices.ContainsFunc(list, func(s analyzer.Site) bool {
			return s.Key == "" && s.Kind == flagref.Evaluation && providers[s.Provider]
		}) {
			p.groups[path].in = true
		}
	}
	for _, g := range p.order {
		for _, name := range files {
			g.in = g.in || g.files[name]
		}
	}
}

// Widen lets the packages join that could contradict what a plan takes for granted, and
// those of which it wanted to know more. It reports whether there were any.
func (p *Part) Widen(plan *removal.Plan) bool {
	before, _ := p.Size()
	for _, path := range plan.Wanted {
		if g := p.groups[path]; g != nil {
			g.in = true
		}
	}
	for _, c := range plan.Claims {
		home := p.groups[c.Package]
		if c.Values && home != nil {
			for _, g := range p.order {
				g.in = g.in || p.sees(g, home)
			}
		}
		if !ast.IsExported(c.Name) {
			continue
		}
		for _, i := range p.words[c.Name] {
			g := p.order[i]
			// A package of another module is imported by its path or through others.
			g.in = g.in || home == nil || p.sees(g, home)
		}
	}
	after, _ := p.Size()
	return after > before
}

// sees reports whether a package imports another one, directly or not, or is it.
func (p *Part) sees(g, other *group) bool {
	if g == other {
		return true
	}
	return p.below(g)[other]
}

func (p *Part) below(g *group) map[*group]bool {
	if g.below != nil {
		return g.below
	}
	g.below = map[*group]bool{}
	// Tests may import what imports their package: groups can be in a circle.
	var visit func(from *group)
	visit = func(from *group) {
		for path := range from.imports {
			if dep := p.groups[path]; dep != nil && !g.below[dep] {
				g.below[dep] = true
				visit(dep)
			}
		}
	}
	visit(g)
	return g.below
}

// Rest is what the removal must know of the packages that are not in the part; nil
// where all are.
func (p *Part) Rest() *removal.Rest {
	if in, all := p.Size(); in == all {
		return nil
	}
	return &removal.Rest{
		Templates: p.templates,
		Names: func(pkg, name string) bool {
			home := p.groups[pkg]
			for _, i := range p.words[name] {
				if g := p.order[i]; !g.in && (home == nil || p.sees(g, home)) {
					return true
				}
			}
			return false
		},
	}
}
