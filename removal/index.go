package removal

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// objID names an object of the program: the position of its declaration, which
// test variants and build configurations share because they share their files.
type objID = token.Pos

// file is one Go file of the program, with the packages that hold it.
type file struct {
	ast       *ast.File
	tok       *token.File
	name      string
	src       []byte
	views     []*Package
	test      bool // a _test.go file
	generated bool
	vendored  bool

	parents map[ast.Node]ast.Node // made on first use
	gofmted *bool                 // worked out on first use
}

// editable reports whether a removal may change the file.
func (f *file) editable() bool { return !f.generated && !f.vendored }

// crlf reports whether every line of the file ends with CR LF.
func (f *file) crlf() bool {
	n := bytes.Count(f.src, []byte("\n"))
	return n > 0 && n == bytes.Count(f.src, []byte("\r\n"))
}

// formatted reports whether gofmt leaves the file as it is, line ends aside.
func (f *file) formatted() bool {
	if f.gofmted == nil {
		src := f.src
		if f.crlf() {
			src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		}
		out, err := format.Source(src)
		same := err == nil && bytes.Equal(out, src)
		f.gofmted = &same
	}
	return *f.gofmted
}

// index answers what is where: files by position, uses by object, parents.
type index struct {
	prog  *Program
	files []*file // by name
	byTok map[*token.File]*file
	uses  map[objID][]*ast.Ident // in order of position
	objs  map[objID]types.Object
	decls map[objID]ast.Node // declaring syntax of package-level objects, fields and methods
	// declared are the packages of which only the declarations are known, by their
	// files, and wanted those of them of which somebody asked for more.
	declared map[*token.File]*Package
	wanted   map[string]bool
}

// decl returns the declaring syntax of a package-level object, field or method of the
// program, nil for any other.
func (x *index) decl(oid objID) ast.Node {
	d := x.decls[oid]
	if d == nil {
		x.want(oid)
	}
	return d
}

// usesOf returns where the program names an object, in order of position.
func (x *index) usesOf(oid objID) []*ast.Ident {
	ids := x.uses[oid]
	if ids == nil {
		x.want(oid)
	}
	return ids
}

// want notes that something was asked of an object which the program does not hold,
// if it is in a package that the program could hold.
func (x *index) want(oid objID) {
	if len(x.declared) == 0 || !oid.IsValid() {
		return
	}
	if p := x.declared[x.prog.Fset.File(oid)]; p != nil {
		x.wanted[p.Path] = true
	}
}

func newIndex(prog *Program) *index {
	x := &index{
		prog:  prog,
		byTok: map[*token.File]*file{},
		uses:  map[objID][]*ast.Ident{},
		objs:  map[objID]types.Object{},
		decls: map[objID]ast.Node{},

		declared: map[*token.File]*Package{}, wanted: map[string]bool{},
	}
	for _, pkg := range prog.Declared {
		for _, f := range pkg.Files {
			x.declared[prog.Fset.File(f.FileStart)] = pkg
		}
	}
	for _, pkg := range prog.Packages {
		for _, f := range pkg.Files {
			tok := prog.Fset.File(f.FileStart)
			if tok == nil {
				continue
			}
			fi := x.byTok[tok]
			if fi == nil {
				name := tok.Name()
				fi = &file{
					ast: f, tok: tok, name: name, src: prog.Sources[name],
					test:      strings.HasSuffix(name, "_test.go"),
					generated: ast.IsGenerated(f),
					vendored:  strings.Contains(filepath.ToSlash(name), "/vendor/") || !inModule(prog, name),
				}
				x.byTok[tok] = fi
				x.files = append(x.files, fi)
			}
			fi.views = append(fi.views, pkg)
		}
	}
	slices.SortFunc(x.files, func(a, b *file) int { return cmp.Compare(a.name, b.name) })
	for _, pkg := range prog.Packages {
		for id, obj := range pkg.Info.Uses {
			x.addUse(id, obj)
		}
		for id, obj := range pkg.Info.Defs {
			if obj != nil {
				x.objs[idOf(obj)] = obj
			}
			_ = id
		}
		for n, obj := range pkg.Info.Implicits {
			if _, ok := n.(*ast.ImportSpec); ok {
				x.objs[idOf(obj)] = obj
			}
		}
	}
	for id, ids := range x.uses {
		slices.SortFunc(ids, func(a, b *ast.Ident) int { return cmp.Compare(a.Pos(), b.Pos()) })
		x.uses[id] = slices.Compact(ids)
	}
	for _, f := range x.files {
		x.indexDecls(f)
	}
	return x
}

// inModule reports whether the file lies in a module whose code may be edited;
// a program that names no modules may be edited everywhere.
func inModule(prog *Program, name string) bool {
	if len(prog.Modules) == 0 {
		return true
	}
	for _, m := range prog.Modules {
		if rel, err := filepath.Rel(m.Dir, name); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

func (x *index) addUse(id *ast.Ident, obj types.Object) {
	oid := idOf(obj)
	if !oid.IsValid() {
		return
	}
	if _, ok := obj.(*types.PkgName); !ok && x.fileAt(oid) == nil {
		return // declared outside of the program
	}
	x.objs[oid] = obj
	x.uses[oid] = append(x.uses[oid], id)
}

// idOf returns the identity of an object: of an instantiated generic's member
// that of its origin.
func idOf(obj types.Object) objID {
	switch o := obj.(type) {
	case *types.Func:
		return o.Origin().Pos()
	case *types.Var:
		return o.Origin().Pos()
	case nil:
		return token.NoPos
	}
	return obj.Pos()
}

func (x *index) fileAt(pos token.Pos) *file {
	if !pos.IsValid() {
		return nil
	}
	return x.byTok[x.prog.Fset.File(pos)]
}

// parent returns the syntax around n, nil for a file.
func (x *index) parent(n ast.Node) ast.Node {
	f := x.fileAt(n.Pos())
	if f == nil {
		return nil
	}
	if f.parents == nil {
		f.parents = map[ast.Node]ast.Node{}
		var stack []ast.Node
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			if len(stack) > 0 {
				f.parents[n] = stack[len(stack)-1]
			}
			stack = append(stack, n)
			return true
		})
	}
	return f.parents[n]
}

// enclosing returns n or the nearest syntax around it that is a T.
func enclosing[T ast.Node](x *index, n ast.Node) (T, bool) {
	for ; n != nil; n = x.parent(n) {
		if t, ok := n.(T); ok {
			return t, true
		}
	}
	var zero T
	return zero, false
}

// indexDecls records the declaring syntax of what the file declares at package
// level, and of fields and methods; of types that functions declare the fields.
func (x *index) indexDecls(f *file) {
	for _, d := range f.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			x.decls[d.Name.Pos()] = d
			if d.Body != nil && !f.test {
				ast.Inspect(d.Body, func(n ast.Node) bool {
					if s, ok := n.(*ast.TypeSpec); ok {
						x.indexFields(s)
					}
					return true
				})
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						x.decls[n.Pos()] = s
					}
				case *ast.TypeSpec:
					x.decls[s.Name.Pos()] = s
					x.indexFields(s)
				}
			}
		}
	}
}

// indexFields records the fields of the structs in a type.
func (x *index) indexFields(s *ast.TypeSpec) {
	ast.Inspect(s.Type, func(n ast.Node) bool {
		if st, ok := n.(*ast.StructType); ok {
			for _, fl := range st.Fields.List {
				for _, n := range fl.Names {
					x.decls[n.Pos()] = fl
				}
			}
		}
		return true
	})
}

// objectsAt returns what an identifier refers to, or defines, in each view of
// its file: one object, or several when build configurations disagree.
func (x *index) objectsAt(id *ast.Ident) []types.Object {
	f := x.fileAt(id.Pos())
	if f == nil {
		return nil
	}
	var out []types.Object
	for _, v := range f.views {
		obj := v.Info.Uses[id]
		if obj == nil {
			obj = v.Info.Defs[id]
		}
		if obj == nil {
			continue
		}
		if !slices.ContainsFunc(out, func(o types.Object) bool { return x.sameObject(o, obj) }) {
			out = append(out, obj)
		}
	}
	return out
}

// sameObject reports whether two views mean one object. What is declared outside
// of the program is loaded anew for each build configuration, and known by name.
func (x *index) sameObject(a, b types.Object) bool {
	if idOf(a) == idOf(b) {
		return true
	}
	if a.Pkg() == nil || b.Pkg() == nil || a.Pkg().Path() != b.Pkg().Path() || a.Name() != b.Name() ||
		x.fileAt(idOf(a)) != nil || x.fileAt(idOf(b)) != nil {
		return false
	}
	fa, ok := a.(*types.Func)
	if !ok {
		return types.ObjectString(a, nil) == types.ObjectString(b, nil)
	}
	fb, ok := b.(*types.Func)
	return ok && fa.Origin().FullName() == fb.Origin().FullName()
}

// place is what an expression stands in, out of parentheses, and the child of that: the
// expression, or the outermost parentheses around it.
func (x *index) place(e ast.Expr) (child ast.Expr, parent ast.Node) {
	child, parent = e, x.parent(e)
	for {
		p, ok := parent.(*ast.ParenExpr)
		if !ok {
			return child, parent
		}
		child, parent = p, x.parent(p)
	}
}

// objectAt returns what an identifier refers to when all views agree, else nil.
func (x *index) objectAt(id *ast.Ident) types.Object {
	objs := x.objectsAt(id)
	if len(objs) != 1 {
		return nil
	}
	return objs[0]
}

// infoFor returns the type information of the first package that holds n.
func (x *index) infoFor(n ast.Node) *types.Info {
	f := x.fileAt(n.Pos())
	if f == nil || len(f.views) == 0 {
		return nil
	}
	return f.views[0].Info
}

func (x *index) typeOf(e ast.Expr) types.Type {
	info := x.infoFor(e)
	if info == nil {
		return nil
	}
	return info.TypeOf(e)
}

// nameOf is the name that an expression is, or ends in as a selector; nil for any other.
func nameOf(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// naming is the selector that an identifier ends, or the identifier itself.
func (x *index) naming(id *ast.Ident) ast.Expr {
	if sel, ok := x.parent(id).(*ast.SelectorExpr); ok && sel.Sel == id {
		return sel
	}
	return id
}

// callee returns the function or method that a call calls statically, when all
// views agree; nil for calls of function values, conversions and built-ins.
func (x *index) callee(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.IndexExpr:
		return x.calleeOf(fun.X)
	case *ast.IndexListExpr:
		return x.calleeOf(fun.X)
	default:
		return nil
	}
	fn, _ := x.objectAt(id).(*types.Func)
	return fn
}

func (x *index) calleeOf(e ast.Expr) *types.Func {
	return x.callee(&ast.CallExpr{Fun: e})
}

func (x *index) position(pos token.Pos) token.Position {
	return x.prog.Fset.Position(pos)
}
