package difftest

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/removal"
)

// A program is compiled as files of one package that holds all programs of a
// batch: the compiler and the linker take far longer to start than to run. So
// what a program declares at package level is renamed, and its packages are put
// one after the other, in the order in which they are initialised.

// idMark stands for the number of the program until it is part of a batch.
const idMark = "\x00"

// merged is a file of a program as a file of a batch's package.
type merged struct {
	name, text string
}

// merge renders the packages that a program's main package imports, and itself.
// What is declared at package level is called Side ID _ package _ name.
func merge(prog *removal.Program, side string) []merged {
	var out []merged
	for i, p := range initialised(prog) {
		inits := 0
		files := slices.Clone(p.Files)
		slices.SortFunc(files, func(a, b *ast.File) int {
			return strings.Compare(prog.Fset.Position(a.FileStart).Filename, prog.Fset.Position(b.FileStart).Filename)
		})
		for j, f := range files {
			m := &merger{prog: prog, pkg: p, side: side, inits: &inits}
			text := m.file(f)
			if j == len(files)-1 {
				// Initialising functions run when all variables of their package are set,
				// and before those of the packages that import it.
				for n := range inits {
					text += fmt.Sprintf("\nvar _ = func() int { %s(); return 0 }()\n", m.global(p.Types, "init"+strconv.Itoa(n)))
				}
			}
			out = append(out, merged{fmt.Sprintf("%d%s_%s", i, p.Name, path.Base(prog.Fset.Position(f.FileStart).Filename)), text})
		}
	}
	return out
}

// dropped names the packages that main reaches before a removal, and not after.
// What they do at start-up is no effect (docs/safety.md).
func dropped(before, after *removal.Program) []string {
	var out []string
	left := initialised(after)
	for _, p := range initialised(before) {
		if !slices.ContainsFunc(left, func(q *removal.Package) bool { return q.Path == p.Path }) {
			out = append(out, p.Name)
		}
	}
	return out
}

// initialised returns the packages that main reaches, in the order in which
// they are initialised: of those whose imports are, the one whose path is first.
func initialised(prog *removal.Program) []*removal.Package {
	reached := map[*removal.Package]bool{}
	var reach func(p *removal.Package)
	reach = func(p *removal.Package) {
		if p == nil || reached[p] {
			return
		}
		reached[p] = true
		for _, imp := range p.Imports {
			reach(imp)
		}
	}
	for _, p := range prog.Packages {
		if p.Name == "main" {
			reach(p)
		}
	}
	rest := slices.DeleteFunc(slices.Clone(prog.Packages), func(p *removal.Package) bool { return !reached[p] })
	slices.SortFunc(rest, func(a, b *removal.Package) int { return strings.Compare(a.Path, b.Path) })
	var out []*removal.Package
	for len(rest) > 0 {
		i := slices.IndexFunc(rest, func(p *removal.Package) bool {
			for _, imp := range p.Imports {
				if imp != nil && slices.Contains(rest, imp) {
					return false
				}
			}
			return true
		})
		out = append(out, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	return out
}

type merger struct {
	prog  *removal.Program
	pkg   *removal.Package
	side  string
	inits *int
}

// global is the name of what a package declares as name.
func (m *merger) global(pkg *types.Package, name string) string {
	return m.side + idMark + "_" + pkg.Name() + "_" + name
}

// renamed returns the new name of an object, or nothing where it keeps its own.
func (m *merger) renamed(obj types.Object) string {
	if obj == nil || obj.Pkg() == nil || obj.Name() == "_" || !strings.HasPrefix(obj.Pkg().Path(), ModulePath) {
		return ""
	}
	if v, ok := obj.(*types.Var); ok && v.IsField() {
		if !v.Embedded() {
			return ""
		}
		t := types.Unalias(v.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if n, ok := t.(*types.Named); ok {
			return m.renamed(n.Obj())
		}
		return ""
	}
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
		return ""
	}
	if obj.Parent() != obj.Pkg().Scope() {
		return ""
	}
	return m.global(obj.Pkg(), obj.Name())
}

type textEdit struct {
	from, to int
	by       string
}

// file renders one file.
func (m *merger) file(f *ast.File) string {
	src := string(m.prog.Sources[m.prog.Fset.Position(f.FileStart).Filename])
	var edits []textEdit
	edit := func(from, to token.Pos, by string) {
		tf := m.prog.Fset.File(f.FileStart)
		edits = append(edits, textEdit{tf.Offset(from), tf.Offset(to), by})
	}
	edit(f.Name.Pos(), f.Name.End(), "main")
	done := map[*ast.Ident]bool{f.Name: true}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			if n.Tok == token.IMPORT && !n.Lparen.IsValid() && m.own(n.Specs[0].(*ast.ImportSpec)) {
				edit(n.Pos(), n.End(), "")
				return false
			}
		case *ast.ImportSpec:
			switch v, _ := strconv.Unquote(n.Path.Value); {
			case m.own(n):
				edit(n.Pos(), n.End(), "")
			case v == "example.com/rt":
				edit(n.Path.Pos(), n.Path.End(), `"rt"`)
			case v == "example.com/flags":
				as := `"flags` + m.side + `"`
				if n.Name == nil {
					as = "flags " + as
				}
				edit(n.Path.Pos(), n.Path.End(), as)
			}
			return false
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				done[n.Name] = true
				edit(n.Name.Pos(), n.Name.End(), m.global(m.pkg.Types, "init"+strconv.Itoa(*m.inits)))
				*m.inits++
			}
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if !ok {
				break
			}
			if _, ok := m.pkg.Info.Uses[id].(*types.PkgName); ok {
				if name := m.renamed(m.pkg.Info.Uses[n.Sel]); name != "" {
					edit(n.Pos(), n.End(), name)
				}
				return false
			}
		case *ast.Ident:
			if done[n] {
				break
			}
			obj := m.pkg.Info.Defs[n]
			if u := m.pkg.Info.Uses[n]; u != nil {
				obj = u // of an embedded field the type is what is renamed
			}
			if name := m.renamed(obj); name != "" {
				edit(n.Pos(), n.End(), name)
			}
		}
		return true
	})
	slices.SortStableFunc(edits, func(a, b textEdit) int { return a.from - b.from })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.WriteString(src[at:e.from])
		out.WriteString(e.by)
		at = e.to
	}
	out.WriteString(src[at:])
	return out.String()
}

// own reports whether an import is one of the program's own packages.
func (m *merger) own(spec *ast.ImportSpec) bool {
	v, _ := strconv.Unquote(spec.Path.Value)
	return v == ModulePath || strings.HasPrefix(v, ModulePath+"/")
}
