package analyzer

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/linediff"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// This file makes the fixes that put a known value in the place of an expression.
// Package removal works them out, for one package and all findings of a rule
// together, and type-checks the result. Drivers apply fixes one by one, some or
// all of them, and some drop edits of another file than the finding's: so each fix
// holds the changes to one declaration, or to several of one file that only
// together make an import unused.

const foldMessage = "Fold the condition"

// fold is a finding whose expression has a known value.
type fold struct {
	found
	// known is the evaluation; its Node may be any expression, its Key is replaced.
	known flagref.Reference
	value registry.Value
}

// foldOf is the fold of a condition that a finding is about.
func foldOf(f found, cond ast.Expr, value bool) *fold {
	return &fold{
		found: f,
		known: flagref.Reference{
			Kind: flagref.Evaluation, Node: cond, Type: registry.TypeBool,
			Shape: flagref.Shape{Error: -1, Found: -1, Callback: -1, Exact: true},
		},
		value: registry.Bool(value),
	}
}

// reportFolds reports the findings, each group of changes as the fix of its first.
// A finding without a value has no fix.
func (p *pass) reportFolds(folds []*fold) {
	p.fold(folds)
	for _, f := range folds {
		p.report(f.found)
	}
}

// fold gives the findings their fixes.
func (p *pass) fold(folds []*fold) {
	folds = slices.Clone(folds)
	folds = slices.DeleteFunc(folds, func(f *fold) bool { return f.value.Any() == nil || p.silent(f.found) })
	if len(folds) == 0 {
		return
	}
	prog, ok := p.program()
	if !ok {
		return
	}
	refs := &flagref.Result{Values: p.refs.Values}
	var targets []removal.Target
	for i, f := range folds {
		ref := f.known
		ref.Key = fmt.Sprint(i) // each has a value of its own
		refs.References = append(refs.References, &ref)
		targets = append(targets, removal.Target{Key: ref.Key, Value: f.value})
	}
	prog.Packages[0].Refs = refs
	plan, err := removal.New(prog, targets, removal.Options{Local: true})
	if err != nil {
		return // nothing that can be done is no finding of its own
	}
	for _, edit := range plan.Files {
		file := p.fileNamed(edit.Name)
		if file == nil || edit.After == nil {
			continue
		}
		for _, g := range p.groups(file, edit) {
			i := slices.IndexFunc(folds, func(f *fold) bool { return f.fix == nil && g.holds(f.known.Node) })
			if i < 0 {
				continue
			}
			folds[i].fix = &nodeFix{message: foldMessage, safety: Safe, edits: g.edits}
		}
	}
}

// program is the package as package removal takes it; false where the text of a
// file is not what was parsed, or was made out of another one's (cgo).
func (p *pass) program() (*removal.Program, bool) {
	prog := &removal.Program{Fset: p.Fset, Sources: map[string][]byte{}}
	for _, f := range p.Files {
		tok := p.Fset.File(f.FileStart)
		src, err := p.readFile(tok.Name())
		if err != nil || !isTextOf(tok, src) || p.Fset.Position(f.Package).Filename != tok.Name() {
			return nil, false
		}
		prog.Sources[tok.Name()] = src
	}
	prog.Packages = []*removal.Package{{
		ID: p.Pkg.Path(), Path: p.Pkg.Path(), Name: p.Pkg.Name(),
		Files: p.Files, Types: p.Pkg, Info: p.TypesInfo, Sizes: p.TypesSizes,
		GoVersion: p.Pkg.GoVersion(),
	}}
	return prog, true
}

// readFile reads a file of the package as the driver saw it; some drivers have no
// way of their own.
func (p *pass) readFile(name string) ([]byte, error) {
	switch {
	case p.suite.cfg.ReadFile != nil:
		return p.suite.cfg.ReadFile(p.suite.real(name))
	case p.ReadFile != nil:
		return p.ReadFile(name)
	}
	return os.ReadFile(name)
}

// isTextOf reports whether a file was parsed from src, as far as its lines tell.
func isTextOf(tok *token.File, src []byte) bool {
	if len(src) != tok.Size() {
		return false
	}
	lines := tok.Lines()
	at := 0
	for i, line := range linediff.Split(src) {
		if i >= len(lines) || lines[i] != at {
			return false
		}
		at += len(line)
	}
	return true
}

func (p *pass) fileNamed(name string) *ast.File {
	for _, f := range p.Files {
		if p.Fset.File(f.FileStart).Name() == name {
			return f
		}
	}
	return nil
}

// group is a set of edits that is right alone, with the declarations that it
// changes.
type group struct {
	decls []ast.Decl
	edits []analysis.TextEdit
}

func (g *group) holds(n ast.Node) bool {
	return slices.ContainsFunc(g.decls, func(d ast.Decl) bool { return d.Pos() <= n.Pos() && n.End() <= d.End() })
}

// groups splits the changes of a file by declaration. The declarations that used
// an import which goes are one group.
func (p *pass) groups(file *ast.File, edit removal.FileEdit) []*group {
	tok := p.Fset.File(file.FileStart)
	lost := p.lostImports(file, edit.After)
	var out []*group
	join := func(decls []ast.Decl, edits ...analysis.TextEdit) {
		g := &group{decls: decls, edits: edits}
		out = slices.DeleteFunc(out, func(o *group) bool {
			if !slices.ContainsFunc(o.decls, func(d ast.Decl) bool { return slices.Contains(g.decls, d) }) {
				return false
			}
			g.decls = append(g.decls, o.decls...)
			g.edits = append(g.edits, o.edits...)
			return true
		})
		out = append(out, g)
	}
	// importing are the declarations that need what happens to the imports.
	var importing []ast.Decl
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT || p.usesAny(d, lost) {
			importing = append(importing, d)
		}
	}
	if len(lost) > 0 {
		join(importing)
	}
	a, b := linediff.Split(edit.Before), linediff.Split(edit.After)
	offsets := make([]int, len(a)+1)
	for i, line := range a {
		offsets[i+1] = offsets[i] + len(line)
	}
	for _, c := range linediff.Changes(a, b) {
		from, to, text := trim(offsets[c.AStart], bytes.Join(a[c.AStart:c.AEnd], nil), bytes.Join(b[c.BStart:c.BEnd], nil))
		e := analysis.TextEdit{Pos: tok.Pos(from), End: tok.Pos(to), NewText: text}
		join(declsAt(file, tok.Pos(offsets[c.AStart]), tok.Pos(offsets[c.AEnd])), e)
	}
	for _, g := range out {
		slices.SortFunc(g.edits, func(a, b analysis.TextEdit) int { return cmp.Compare(a.Pos, b.Pos) })
	}
	return slices.DeleteFunc(out, func(g *group) bool { return len(g.edits) == 0 })
}

// trim leaves out what two texts begin and end with; the first stands at offset.
func trim(offset int, a, b []byte) (from, to int, text []byte) {
	from, to = offset, offset+len(a)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b, from = a[1:], b[1:], from+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b, to = a[:len(a)-1], b[:len(b)-1], to-1
	}
	return from, to, b
}

// declsAt are the declarations that a range of a file touches, or the one after it.
func declsAt(file *ast.File, from, to token.Pos) []ast.Decl {
	var out []ast.Decl
	for _, d := range file.Decls {
		if d.Pos() < to && from < d.End() {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		for _, d := range file.Decls {
			if from < d.End() {
				return []ast.Decl{d}
			}
		}
	}
	return out
}

// lostImports are the imports of a file that its new text does not have.
func (p *pass) lostImports(file *ast.File, after []byte) map[types.Object]bool {
	lost := map[types.Object]bool{}
	left := importsOf(after)
	for _, spec := range file.Imports {
		if left[importText(spec)] {
			continue
		}
		obj := p.TypesInfo.Implicits[spec]
		if spec.Name != nil {
			obj = p.TypesInfo.Defs[spec.Name]
		}
		if obj != nil {
			lost[obj] = true
		}
	}
	return lost
}

// usesAny reports whether a declaration names one of the objects.
func (p *pass) usesAny(d ast.Decl, objs map[types.Object]bool) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && objs[p.TypesInfo.Uses[id]] {
			found = true
		}
		return !found
	})
	return found
}

// importsOf lists the imports of a Go file's text, as importText does.
func importsOf(src []byte) map[string]bool {
	out := map[string]bool{}
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
	if err != nil {
		return out
	}
	for _, spec := range f.Imports {
		out[importText(spec)] = true
	}
	return out
}

func importText(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name + " " + spec.Path.Value
	}
	return spec.Path.Value
}
