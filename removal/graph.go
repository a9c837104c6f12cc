package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// declGraph tells which package-level declarations need which: the units are
// function declarations and value, type specifications.
type declGraph struct {
	x      *index
	units  []*unit // in source order
	byObj  map[objID]*unit
	byNode map[ast.Node]*unit
	// methods of each named type of the program, by the type's object.
	methods map[objID][]*unit
	// interfaces holds the method names of every interface that the program can
	// see, by each of these names.
	interfaces map[string][]asked
	before     map[*unit]bool // reachable from production code before the removal
	beforeAll  map[*unit]bool // and from tests
	// idle are the units that were unused before: they stay, with what they still use.
	idle map[*unit]bool
	// ofFlag are the declarations that exist for the flags alone.
	ofFlag map[*unit]bool
	// pinned objects are used by code that is not seen.
	pinned map[objID]bool
	// templates: the program uses text or HTML templates, which call exported
	// methods by name.
	templates bool
	// client tells calls that make what one of the flags is asked of.
	client func(*ast.CallExpr) bool
	// pure tells calls that do nothing but compute, asked once each.
	pure      func(*ast.CallExpr) bool
	pureCalls map[*ast.CallExpr]bool
	// unsafe: what is exported goes as well where this program alone used it.
	unsafe bool
	// used are the units that another unit of production code uses.
	used map[*unit]bool
}

// asked is a method of an interface, with the names of all methods of the interface.
type asked struct {
	params, results int
	variadic        bool
	all             []string
}

func askedBy(sig *types.Signature, all []string) asked {
	return asked{sig.Params().Len(), sig.Results().Len(), sig.Variadic(), all}
}

// unit is a declaration that stands or goes as a whole.
type unit struct {
	node ast.Node
	file *file
	objs []objID
	uses []*ast.Ident // identifiers in it that refer to package-level objects of the program
	// recv is the receiver's type of a method.
	recv objID
	// blank specifications (var _ I = T{}) have no object.
	blank bool
}

func newDeclGraph(x *index, unsafe bool, pure, client func(*ast.CallExpr) bool) *declGraph {
	g := &declGraph{
		client: client,
		pure:   pure, pureCalls: map[*ast.CallExpr]bool{},
		x: x, byObj: map[objID]*unit{}, byNode: map[ast.Node]*unit{}, methods: map[objID][]*unit{},
		interfaces: map[string][]asked{}, ofFlag: map[*unit]bool{}, unsafe: unsafe, used: map[*unit]bool{},
	}
	g.templates = x.prog.Rest != nil && x.prog.Rest.Templates
	for _, f := range x.files {
		for _, im := range f.ast.Imports {
			if im.Path.Value == `"text/template"` || im.Path.Value == `"html/template"` {
				g.templates = true
			}
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				u := g.add(f, d, d.Name)
				if d.Recv != nil && len(d.Recv.List) > 0 {
					if id := recvIdent(d.Recv.List[0].Type); id != nil {
						if obj := x.objectAt(id); obj != nil {
							u.recv = idOf(obj)
							g.methods[u.recv] = append(g.methods[u.recv], u)
						}
					}
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.ValueSpec:
						u := g.add(f, s, s.Names...)
						u.blank = len(u.objs) == 0
					case *ast.TypeSpec:
						g.add(f, s, s.Name)
					}
				}
			}
		}
	}
	for _, u := range g.units {
		ast.Inspect(u.node, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				for _, o := range x.objectsAt(id) {
					if t := g.byObj[idOf(o)]; t != nil {
						u.uses = append(u.uses, id)
						if t != u && idOf(o) != u.recv && !u.file.test {
							g.used[t] = true
						}
						break
					}
				}
			}
			return true
		})
	}
	g.collectInterfaces()
	all := func(ast.Node) bool { return true }
	g.beforeAll = g.reach(all, nil, true)
	g.findIdle(all)
	if x.prog.Rest != nil {
		production := g.reach(all, nil, false)
		for _, u := range g.units {
			g.idle[u] = g.idle[u] || !production[u] && g.namedElsewhere(u)
		}
	}
	g.before = g.reach(all, nil, false)
	g.beforeAll = g.reach(all, nil, true)
	return g
}

// findIdle finds what nothing used before. What only such a declaration used is
// not idle itself: it goes when that use goes, as anything else does. Of
// declarations that only use each other the first counts as unused.
func (g *declGraph) findIdle(all func(ast.Node) bool) {
	g.idle = map[*unit]bool{}
	var rest []*unit
	for _, u := range g.units {
		// A method goes with its type, whether anything called it or not.
		if t := g.byObj[u.recv]; !g.beforeAll[u] && !u.blank && (t == nil || !g.beforeAll[t]) {
			rest = append(rest, u)
		}
	}
	used := map[*unit]bool{}
	for _, u := range rest {
		for t := range g.needs(u, all) {
			if t != u {
				used[t] = true
			}
		}
	}
	reached := map[*unit]bool{}
	var visit func(u *unit)
	visit = func(u *unit) {
		if reached[u] || g.beforeAll[u] {
			return
		}
		reached[u] = true
		for t := range g.needs(u, all) {
			visit(t)
		}
	}
	for _, cycles := range []bool{false, true} {
		for _, u := range rest {
			if !reached[u] && (cycles || !used[u]) {
				g.idle[u] = true
				visit(u)
			}
		}
	}
}

// namedElsewhere reports whether code that the program leaves out may name something that
// a unit declares: it counts as used then, although nothing here uses it.
func (g *declGraph) namedElsewhere(u *unit) bool {
	rest := g.x.prog.Rest
	if rest == nil || u.file.test || len(u.file.views) == 0 {
		return false
	}
	return slices.ContainsFunc(u.objs, func(oid objID) bool {
		obj := g.x.objs[oid]
		return obj != nil && obj.Exported() && rest.Names(u.file.views[0].Path, obj.Name())
	})
}

// needs yields the units that u uses where live holds, and the methods that a type
// needs.
func (g *declGraph) needs(u *unit, live func(ast.Node) bool) iter.Seq[*unit] {
	return func(yield func(*unit) bool) {
		for _, id := range u.uses {
			if !live(id) {
				continue
			}
			for _, o := range g.x.objectsAt(id) {
				if t := g.byObj[idOf(o)]; t != nil && !yield(t) {
					return
				}
			}
		}
		if _, ok := u.node.(*ast.TypeSpec); !ok || len(u.objs) == 0 { // type _ has no methods
			return
		}
		for _, m := range g.methods[u.objs[0]] {
			name := m.node.(*ast.FuncDecl).Name.Name
			if (ast.IsExported(name) && (g.templates || g.public(m)) || g.satisfies(m, name) || m.file.generated) && !yield(m) {
				return
			}
		}
	}
}

// unitOf returns the declaration of an object of the program, nil for any other.
func (g *declGraph) unitOf(oid objID) *unit {
	u := g.byObj[oid]
	if u == nil {
		g.x.want(oid)
	}
	return u
}

func (g *declGraph) add(f *file, n ast.Node, names ...*ast.Ident) *unit {
	u := &unit{node: n, file: f}
	for _, id := range names {
		if id.Name == "_" || id.Name == "init" && isFunc(n) {
			continue
		}
		u.objs = append(u.objs, id.Pos())
		g.byObj[id.Pos()] = u
	}
	g.units = append(g.units, u)
	g.byNode[n] = u
	return u
}

func isFunc(n ast.Node) bool {
	_, ok := n.(*ast.FuncDecl)
	return ok
}

// recvIdent returns the name of a receiver's type.
func recvIdent(t ast.Expr) *ast.Ident {
	for {
		switch u := t.(type) {
		case *ast.Ident:
			return u
		case *ast.StarExpr:
			t = u.X
		case *ast.ParenExpr:
			t = u.X
		case *ast.IndexExpr:
			t = u.X
		case *ast.IndexListExpr:
			t = u.X
		default:
			return nil
		}
	}
}

// collectInterfaces records every interface of the program and of what it
// imports, directly or not.
func (g *declGraph) collectInterfaces() {
	addIface := func(i *types.Interface) {
		var names []string
		for m := range i.Methods() {
			names = append(names, m.Name())
		}
		for m := range i.Methods() {
			g.interfaces[m.Name()] = append(g.interfaces[m.Name()], askedBy(m.Signature(), names))
		}
	}
	seen := map[*types.Package]bool{}
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		if p == nil || seen[p] {
			return
		}
		seen[p] = true
		for _, name := range p.Scope().Names() {
			if tn, ok := p.Scope().Lookup(name).(*types.TypeName); ok {
				if i, ok := tn.Type().Underlying().(*types.Interface); ok && i.NumMethods() > 0 {
					addIface(i)
				}
			}
		}
		for _, imp := range p.Imports() {
			visit(imp)
		}
	}
	for _, pkg := range g.x.prog.Packages {
		visit(pkg.Types)
		for _, f := range pkg.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				if it, ok := n.(*ast.InterfaceType); ok {
					if i, ok := pkg.Info.TypeOf(it).(*types.Interface); ok && i.NumMethods() > 0 {
						addIface(i)
					}
				}
				return true
			})
		}
	}
	g.interfaces["Error"] = append(g.interfaces["Error"], asked{results: 1, all: []string{"Error"}})
}

// satisfies reports whether a method may be called through some interface: one
// that has a method of its name with as many parameters and results, and all of whose
// methods its type has, by name.
func (g *declGraph) satisfies(u *unit, name string) bool {
	if u.recv == token.NoPos {
		return false
	}
	have := map[string]bool{}
	for _, m := range g.methods[u.recv] {
		have[m.node.(*ast.FuncDecl).Name.Name] = true
	}
	if obj := g.x.objs[u.recv]; obj != nil {
		for _, t := range []types.Type{obj.Type(), types.NewPointer(obj.Type())} {
			ms := types.NewMethodSet(t)
			for m := range ms.Methods() {
				have[m.Obj().Name()] = true
			}
		}
	}
	var fn *types.Func
	if len(u.objs) > 0 { // func (T) _() has none
		fn, _ = g.x.objs[u.objs[0]].(*types.Func)
	}
	return slices.ContainsFunc(g.interfaces[name], func(a asked) bool {
		if fn != nil {
			if own := askedBy(fn.Signature(), nil); own.params != a.params || own.results != a.results || own.variadic != a.variadic {
				return false
			}
		}
		return !slices.ContainsFunc(a.all, func(n string) bool { return !have[n] })
	})
}

// reach returns the units that are needed: from the roots, along the uses for
// which live holds, never through the units in gone.
func (g *declGraph) reach(live func(ast.Node) bool, gone map[*unit]bool, tests bool) map[*unit]bool {
	seen := map[*unit]bool{}
	var work []*unit
	push := func(u *unit) {
		if u != nil && !seen[u] && !gone[u] && (tests || !u.file.test) {
			seen[u] = true
			work = append(work, u)
		}
	}
	for _, u := range g.units {
		if g.isRoot(u, live) {
			push(u)
		}
	}
	for len(work) > 0 {
		u := work[len(work)-1]
		work = work[:len(work)-1]
		for t := range g.needs(u, live) {
			push(t)
		}
	}
	return seen
}

// isRoot reports whether a declaration is needed whatever refers to it.
func (g *declGraph) isRoot(u *unit, live func(ast.Node) bool) bool {
	if slices.ContainsFunc(u.objs, func(o objID) bool { return g.pinned[o] }) {
		return true
	}
	if g.ofFlag[u] {
		return false
	}
	if u.file.generated || u.file.vendored || g.idle[u] {
		return true
	}
	switch n := u.node.(type) {
	case *ast.FuncDecl:
		if n.Recv == nil && (n.Name.Name == "init" || n.Name.Name == "main" && u.file.ast.Name.Name == "main" || n.Name.Name == "_") {
			return true
		}
		if hasDirective(n.Doc) || n.Body == nil {
			return true
		}
		if u.file.test && n.Recv == nil {
			return isTestName(n.Name.Name)
		}
		return n.Recv == nil && ast.IsExported(n.Name.Name) && g.public(u)
	case *ast.TypeSpec:
		return ast.IsExported(n.Name.Name) && g.public(u) && !u.file.test
	case *ast.ValueSpec:
		if g.specDirective(n) {
			return true
		}
		if u.blank {
			return len(n.Values) > 0 && !weakAssertion(n)
		}
		if slices.ContainsFunc(n.Names, func(id *ast.Ident) bool { return ast.IsExported(id.Name) }) && g.public(u) && !u.file.test {
			return true
		}
		return slices.ContainsFunc(n.Values, func(v ast.Expr) bool { return g.hasCall(v, live) })
	}
	return false
}

// isPure answers as of the start: what the removal takes out of a function must
// not make a difference between before and after.
func (g *declGraph) isPure(call *ast.CallExpr) bool {
	p, ok := g.pureCalls[call]
	if !ok {
		p = g.pure(call)
		g.pureCalls[call] = p
	}
	return p
}

// hasCall reports whether an initialiser may do something at start-up.
func (g *declGraph) hasCall(x ast.Expr, live func(ast.Node) bool) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if !live(n) {
				return false
			}
			if g.isPure(n) || g.makesError(n) || g.client(n) {
				return true
			}
			switch f := ast.Unparen(n.Fun).(type) {
			case *ast.ArrayType, *ast.MapType, *ast.StarExpr:
			case *ast.Ident:
				if f.Name != "new" && f.Name != "make" && f.Name != "len" {
					found = true
				}
			case *ast.SelectorExpr:
				if id, ok := f.X.(*ast.Ident); !ok || id.Name != "errors" && id.Name != "fmt" {
					found = true
				}
			default:
				found = true
			}
		}
		return !found
	})
	return found
}

// makesError reports whether a call of another module makes an error of constants, and
// nothing else, as its name and its result say.
func (g *declGraph) makesError(call *ast.CallExpr) bool {
	fn := g.x.callee(call)
	info := g.x.infoFor(call)
	if fn == nil || info == nil || g.x.decls[idOf(fn)] != nil || !errorMaker.MatchString(fn.Name()) {
		return false
	}
	sig := fn.Signature()
	err := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return sig.Recv() == nil && sig.Results().Len() == 1 && types.Implements(sig.Results().At(0).Type(), err) &&
		!slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return info.Types[a].Value == nil && !info.Types[a].IsNil() })
}

var errorMaker = regexp.MustCompile(`^New|^Errorf?$`)

// weakAssertion reports whether a blank variable only asserts that a type
// implements an interface: such a line goes with the type.
func weakAssertion(s *ast.ValueSpec) bool {
	for _, v := range s.Values {
		if hasEffectSyntax(v) {
			return false
		}
	}
	return s.Type != nil
}

func hasEffectSyntax(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			switch f := ast.Unparen(c.Fun).(type) {
			case *ast.StarExpr:
			case *ast.Ident:
				found = found || f.Name != "new"
			default:
				found = true
			}
		}
		return !found
	})
	return found
}

func isTestName(name string) bool {
	for _, p := range []string{"Test", "Benchmark", "Fuzz", "Example"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// hasDirective reports whether the compiler or the linker knows the function by
// other ways than its name in Go.
func hasDirective(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:linkname") || strings.HasPrefix(c.Text, "//export ") ||
			strings.HasPrefix(c.Text, "//go:embed") || strings.HasPrefix(c.Text, "//go:wasmexport") {
			return true
		}
	}
	return false
}

func (g *declGraph) specDirective(s *ast.ValueSpec) bool {
	if hasDirective(s.Doc) {
		return true
	}
	if d, ok := g.x.parent(s).(*ast.GenDecl); ok {
		return hasDirective(d.Doc)
	}
	return false
}

// public reports whether an exported declaration is kept for other modules: they
// can see it, and the removal is not unsafe, or nothing in this program ever used
// it, so that it can only be there for them.
func (g *declGraph) public(u *unit) bool {
	return !g.internal(u) && !(g.unsafe && g.used[u])
}

// internal reports whether only this module can see a declaration of the file:
// it belongs to a main package, or below an internal directory.
func (g *declGraph) internal(u *unit) bool {
	if u.file.ast.Name.Name == "main" || u.file.test {
		return true
	}
	for _, v := range u.file.views {
		if isInternalPath(v.Path) {
			return true
		}
	}
	return false
}

func isInternalPath(path string) bool {
	return slices.Contains(strings.Split(path, "/"), "internal")
}
