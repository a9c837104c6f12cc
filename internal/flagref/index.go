package flagref

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// index tells of each variable of a package who writes it, and of each
// parameter whose it is.
type index struct {
	info   *types.Info
	writes map[*types.Var][]write
	// parts are the writes to a field of the struct that a variable holds.
	parts map[*types.Var][]partWrite
	// taken are variables whose address is taken, outside of calls on them.
	taken  map[*types.Var]bool
	params map[*types.Var]paramRef
	decls  map[*types.Func]*ast.FuncDecl
	litIDs map[*ast.FuncLit]string
	// callees are the expressions that are called where they stand.
	callees map[ast.Expr]bool
	// entries and copies are what is put into the map that a variable holds: by
	// m[k] = v, and by maps.Copy(m, src).
	entries map[*types.Var][]entry
	copies  map[*types.Var][]ast.Expr
	// chained gives, for a call, the method call on its result.
	chained map[*ast.CallExpr]*ast.CallExpr
	// accessors are the ids of function literals that a generated file keeps in a
	// package variable, as the OpenFeature CLI writes them.
	accessors map[string]bool
	// made are the bodies of functions that generated files declare.
	made map[*ast.BlockStmt]bool
	// written are the left sides of assignments.
	written map[ast.Expr]bool
	// omitted are fields that some literal of their struct leaves out.
	omitted map[*types.Var]bool
	// bodies are those of functions, by the scope of their parameters.
	bodies map[*types.Scope]ast.Node
	// over are the lists that function literals are called with the elements of.
	over map[*ast.FuncLit]ast.Expr
	// stages are found when they are asked for.
	stages map[*types.Var][]stage

	stack     []ast.Node // down to the node that is being entered
	generated bool       // the file that is being read is
}

// block returns the innermost block of the node that is being entered.
func (x *index) block() ast.Node {
	for _, n := range slices.Backward(x.stack) {
		switch n.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.File:
			return n
		}
	}
	return nil
}

// write is one place that gives a variable or a field its value.
type write struct {
	rhs   ast.Expr // nil: not an expression (zero value, ++, receive …)
	index int      // of the result, where rhs is a call of several
	kind  writeKind
	test  bool // in a _test.go file
	node  ast.Node
	block ast.Node // innermost block, or file, of an assignment or declaration
}

type writeKind uint8

const (
	assigned   writeKind = iota // v = rhs, var v = rhs, T{f: rhs}
	tuple                       // v, w = rhs
	rangeKey                    // for v := range rhs
	rangeValue                  // for _, v := range rhs
	zero                        // var v T
	computed                    // v += rhs, v++
)

type entry struct {
	key, value ast.Expr
	node       ast.Node
}

type partWrite struct {
	field *types.Var
	write
}

type paramRef struct {
	fn       string
	index    int
	variadic bool
}

func newIndex(pass *analysis.Pass) *index {
	x := &index{
		info:   pass.TypesInfo,
		writes: map[*types.Var][]write{},
		parts:  map[*types.Var][]partWrite{},
		taken:  map[*types.Var]bool{},
		params: map[*types.Var]paramRef{},
		decls:  map[*types.Func]*ast.FuncDecl{},
		litIDs: map[*ast.FuncLit]string{},

		entries: map[*types.Var][]entry{},
		copies:  map[*types.Var][]ast.Expr{},
		callees: map[ast.Expr]bool{},
		chained: map[*ast.CallExpr]*ast.CallExpr{},
		written: map[ast.Expr]bool{},

		accessors: map[string]bool{},
		made:      map[*ast.BlockStmt]bool{},
		omitted:   map[*types.Var]bool{},
		bodies:    map[*types.Scope]ast.Node{},
		over:      map[*ast.FuncLit]ast.Expr{},
		stages:    map[*types.Var][]stage{},
	}
	for _, file := range pass.Files {
		x.file(pass, file, isTest(pass.Fset, file))
	}
	return x
}

func (x *index) file(pass *analysis.Pass, file *ast.File, test bool) {
	var stack []ast.Node
	x.generated = ast.IsGenerated(file)
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
		} else {
			stack = append(stack, n)
		}
		x.stack = stack
		switch n := n.(type) {
		case *ast.FuncDecl:
			if fn, ok := x.info.Defs[n.Name].(*types.Func); ok {
				x.decls[fn] = n
			}
			if x.generated && n.Body != nil {
				x.made[n.Body] = true
			}
			if n.Recv != nil {
				x.bind(n.Recv, "", -1)
			}
			x.bind(n.Type.Params, "", 0)
			x.body(n.Type, n.Body)
			x.results(n.Type.Results, n.Body, test)
		case *ast.FuncLit:
			id := pass.Fset.Position(n.Pos())
			x.litIDs[n] = pass.Pkg.Path() + "@" + baseName(id.Filename) + ":" + itoa(id.Line) + ":" + itoa(id.Column)
			if list := x.over[n]; list != nil {
				x.elements(n.Type.Params, write{rhs: list, kind: rangeValue, test: test, node: n})
			} else {
				x.bind(n.Type.Params, x.litIDs[n], 0)
			}
			x.body(n.Type, n.Body)
			if x.generated && !slices.ContainsFunc(stack, func(n ast.Node) bool { _, ok := n.(*ast.FuncDecl); return ok }) {
				x.accessors[x.litIDs[n]] = true
			}
			x.results(n.Type.Results, n.Body, test)
		case *ast.ValueSpec:
			x.valueSpec(n, test)
		case *ast.AssignStmt:
			x.assign(n, test)
		case *ast.IncDecStmt:
			x.write(n.X, write{kind: computed, test: test, node: n})
		case *ast.RangeStmt:
			if n.Key != nil {
				x.write(n.Key, write{rhs: n.X, kind: rangeKey, test: test, node: n})
			}
			if n.Value != nil {
				x.write(n.Value, write{rhs: n.X, kind: rangeValue, test: test, node: n})
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				if v := x.variable(n.X); v != nil {
					if !test || v.Parent() == nil || v.Parent() != pass.Pkg.Scope() {
						x.taken[v] = true
					}
				}
			}
		case *ast.CallExpr:
			fun := ast.Unparen(n.Fun)
			x.callees[fun] = true
			if fn, ok := x.uses(fun).(*types.Func); ok && len(n.Args) == 2 && isNamed(fn, "maps", "Copy") {
				if v := x.variable(n.Args[0]); v != nil {
					x.copies[v] = append(x.copies[v], n.Args[1])
				}
			}
			if lit, list := x.elementwise(n); lit != nil {
				x.over[lit] = list
			}
			if sel, ok := fun.(*ast.SelectorExpr); ok {
				if inner, ok := ast.Unparen(sel.X).(*ast.CallExpr); ok {
					x.chained[inner] = n
				}
			}
		case *ast.CompositeLit:
			x.composite(n, test)
		}
		return true
	})
}

func (x *index) bind(fields *ast.FieldList, fn string, first int) {
	if fields == nil {
		return
	}
	i := first
	for _, f := range fields.List {
		_, variadic := f.Type.(*ast.Ellipsis)
		if len(f.Names) == 0 {
			i++
		}
		for _, name := range f.Names {
			if v, ok := x.info.Defs[name].(*types.Var); ok {
				x.params[v] = paramRef{fn, i, variadic}
			}
			i++
		}
	}
}

// elementwise returns the literal that a function of package slices calls with
// each element of a list, and the list; nil if the call is another.
func (x *index) elementwise(call *ast.CallExpr) (*ast.FuncLit, ast.Expr) {
	if len(call.Args) != 2 {
		return nil, nil
	}
	fn, ok := x.uses(ast.Unparen(call.Fun)).(*types.Func)
	if !ok || !isNamed(fn, "slices", "ContainsFunc") && !isNamed(fn, "slices", "IndexFunc") && !isNamed(fn, "slices", "DeleteFunc") {
		return nil, nil
	}
	lit, _ := ast.Unparen(call.Args[1]).(*ast.FuncLit)
	return lit, call.Args[0]
}

// elements records the one parameter of a literal as an element of a list.
func (x *index) elements(fields *ast.FieldList, w write) {
	for _, f := range fields.List {
		for _, name := range f.Names {
			if v, ok := x.info.Defs[name].(*types.Var); ok {
				x.writes[v] = append(x.writes[v], w)
			}
		}
	}
}

// body records which block the parameters of a function are declared in.
func (x *index) body(t *ast.FuncType, body *ast.BlockStmt) {
	if scope := x.info.Scopes[t]; scope != nil && body != nil {
		x.bodies[scope] = body
	}
}

// results records the named results of a function as variables that start at zero.
func (x *index) results(fields *ast.FieldList, body *ast.BlockStmt, test bool) {
	if fields == nil {
		return
	}
	for _, f := range fields.List {
		for _, name := range f.Names {
			if v, ok := x.info.Defs[name].(*types.Var); ok {
				x.writes[v] = append(x.writes[v], write{kind: zero, test: test, node: f, block: body})
			}
		}
	}
}

func (x *index) valueSpec(n *ast.ValueSpec, test bool) {
	for i, name := range n.Names {
		v, ok := x.info.Defs[name].(*types.Var)
		if !ok {
			continue
		}
		w := write{kind: zero, test: test, node: n, block: x.block()}
		switch {
		case len(n.Values) == len(n.Names):
			w.rhs, w.kind = n.Values[i], assigned
		case len(n.Values) == 1:
			w.rhs, w.index, w.kind = n.Values[0], i, tuple
		}
		x.writes[v] = append(x.writes[v], w)
	}
}

func (x *index) assign(n *ast.AssignStmt, test bool) {
	for i, lhs := range n.Lhs {
		x.written[ast.Unparen(lhs)] = true
		w := write{kind: assigned, test: test, node: n, block: x.block()}
		switch {
		case n.Tok != token.ASSIGN && n.Tok != token.DEFINE:
			w.kind = computed
		case len(n.Lhs) == len(n.Rhs):
			w.rhs = n.Rhs[i]
		case len(n.Rhs) == 1:
			w.rhs, w.index, w.kind = n.Rhs[0], i, tuple
		}
		x.write(lhs, w)
	}
}

// write records a write to the variable, or the field, that lhs names.
func (x *index) write(lhs ast.Expr, w write) {
	switch e := ast.Unparen(lhs).(type) {
	case *ast.Ident:
		v, ok := x.info.Defs[e].(*types.Var)
		if !ok {
			v, ok = x.info.Uses[e].(*types.Var)
		}
		if ok {
			x.writes[v] = append(x.writes[v], w)
		}
	case *ast.SelectorExpr:
		if sel, ok := x.info.Selections[e]; ok && sel.Kind() == types.FieldVal {
			f := sel.Obj().(*types.Var).Origin()
			x.writes[f] = append(x.writes[f], w)
			if base := x.variable(e.X); base != nil {
				x.parts[base] = append(x.parts[base], partWrite{f, w})
			}
		} else if v, ok := x.info.Uses[e.Sel].(*types.Var); ok {
			x.writes[v] = append(x.writes[v], w)
		}
	case *ast.IndexExpr:
		if v := x.variable(e.X); v != nil && w.kind == assigned && isMap(v.Type()) {
			x.entries[v] = append(x.entries[v], entry{e.Index, w.rhs, w.node})
		}
	case *ast.StarExpr:
		if v := x.variable(e.X); v != nil {
			x.taken[v] = true
		}
	}
}

// uses is the object that a name, or a selector of a package, refers to.
func (x *index) uses(e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		return x.info.Uses[e]
	case *ast.SelectorExpr:
		return x.info.Uses[e.Sel]
	}
	return nil
}

func (x *index) composite(n *ast.CompositeLit, test bool) {
	t := x.info.TypeOf(n)
	if t == nil {
		return
	}
	st, ok := structOf(t)
	if !ok {
		return
	}
	given := map[*types.Var]bool{}
	defer func() {
		for i := range st.NumFields() {
			if f := st.Field(i).Origin(); !given[f] && !test {
				x.omitted[f] = true
			}
		}
	}()
	for i, elt := range n.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				if f, ok := x.info.Uses[id].(*types.Var); ok {
					f = f.Origin()
					given[f] = true
					x.writes[f] = append(x.writes[f], write{rhs: kv.Value, test: test, node: kv})
				}
			}
			continue
		}
		if i < st.NumFields() {
			f := st.Field(i).Origin()
			given[f] = true
			x.writes[f] = append(x.writes[f], write{rhs: elt, test: test, node: elt})
		}
	}
}

// variable returns the variable that e names, nil if it names none.
func (x *index) variable(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := x.info.Uses[e].(*types.Var); ok {
			return v
		}
		v, _ := x.info.Defs[e].(*types.Var)
		return v
	case *ast.SelectorExpr:
		if _, ok := x.info.Selections[e]; !ok {
			v, _ := x.info.Uses[e.Sel].(*types.Var)
			return v
		}
	}
	return nil
}

// structOf returns the struct under a type or pointer.
func structOf(t types.Type) (*types.Struct, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}
