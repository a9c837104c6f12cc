package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

func isZero(v *value) bool {
	if v.isNil || v.fn != nil {
		return v.isNil
	}
	switch v.c.Kind() {
	case constant.Bool:
		return !constant.BoolVal(v.c)
	case constant.String:
		return constant.StringVal(v.c) == ""
	}
	return constant.Sign(v.c) == 0
}

// implicitZero reports whether production code may make a value of the struct
// without giving the field: a literal that leaves it out, new, a variable, a
// field, an array or a map of the type.
func (e *engine) implicitZero(oid objID) bool {
	if z, ok := e.zeroed[oid]; ok {
		return z
	}
	e.zeroed[oid] = true // a struct within itself
	e.zeroed[oid] = e.findImplicitZero(oid)
	return e.zeroed[oid]
}

func (e *engine) findImplicitZero(oid objID) bool {
	spec, ok := enclosing[*ast.TypeSpec](e.x, e.x.decl(oid))
	return !ok || e.madeWithout(spec, e.x.objs[oid].Name(), oid)
}

// madeWithout reports whether production code may make a struct of the type without
// the field, or the embedded struct, of that name; oid is the field to be given, which
// may be one of the embedded struct.
func (e *engine) madeWithout(spec *ast.TypeSpec, name string, oid objID) bool {
	for _, lit := range e.literalsOf(spec.Name.Pos()) {
		if e.x.fileAt(lit.Pos()).test || !e.live(lit) {
			continue
		}
		given := slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool {
			kv, ok := x.(*ast.KeyValueExpr)
			if !ok {
				return true // all fields by their place
			}
			id, ok := kv.Key.(*ast.Ident)
			return ok && id.Name == name
		})
		if !given && !e.setWhenMade(lit, oid) {
			return true
		}
	}
	for _, id := range e.x.usesOf(spec.Name.Pos()) {
		if e.x.fileAt(id.Pos()).test || !e.live(id) {
			continue
		}
		if e.makesZero(id, oid) && !e.setWhenMade(id, oid) {
			return true
		}
	}
	return false
}

// setWhenMade reports whether a struct that is made at n, with the field zero, is given
// the field before anything else can see it: it is made for a local variable, and
// among the statements behind, before one that does anything else with the variable than
// to give it a field, one assigns this field.
func (e *engine) setWhenMade(n ast.Node, oid objID) bool {
	id, stmt := e.madeFor(n)
	if id == nil {
		return false
	}
	obj := e.x.objectAt(id)
	list, _ := e.listOf(stmt)
	i := slices.Index(list, stmt)
	if obj == nil || i < 0 {
		return false
	}
	if fd, ok := enclosing[*ast.FuncDecl](e.x, n); !ok || fd.Body == nil || contains[*ast.LabeledStmt](fd.Body) {
		return false // a jump could come between
	}
	set, _ := e.setBeforeUse(list[i+1:], obj, oid)
	return set
}

// setBeforeUse reports whether the statements, as far as they are left, assign the
// field of a variable before they do anything else with it, and whether they do.
func (e *engine) setBeforeUse(list []ast.Stmt, obj types.Object, oid objID) (set, used bool) {
	for _, s := range list {
		d := e.dec[s]
		if d != nil && slices.ContainsFunc(d.hoist, func(x ast.Expr) bool { return e.mentions(x, obj) }) {
			return false, true
		}
		if d != nil && d.op == opDrop {
			continue
		}
		if d != nil && d.op == opSplice {
			if d.init != nil && e.mentions(d.init, obj) {
				return false, true
			}
			if set, used = e.setBeforeUse(d.body, obj, oid); set || used {
				return set, used
			}
			if len(d.body) > 0 && terminates(d.body[len(d.body)-1]) {
				return false, true
			}
			continue
		}
		if !e.mentions(s, obj) {
			continue
		}
		if call := callStmt(s); call != nil {
			sel, store := e.atomicField(call)
			if !store {
				return false, true
			}
			root, ok := ast.Unparen(sel.X).(*ast.Ident)
			if f := e.x.objectAt(sel.Sel); !ok || e.x.objectAt(root) != obj || e.mentions(call.Args[0], obj) || f == nil {
				return false, true
			} else if idOf(f) == oid {
				return true, false
			}
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		if !ok || a.Tok != token.ASSIGN || slices.ContainsFunc(a.Rhs, func(r ast.Expr) bool { return e.mentions(r, obj) }) {
			return false, true
		}
		for _, l := range a.Lhs {
			sel, ok := ast.Unparen(l).(*ast.SelectorExpr)
			if !ok {
				if e.mentions(l, obj) {
					return false, true
				}
				continue
			}
			root, ok := ast.Unparen(sel.X).(*ast.Ident)
			if !ok || e.x.objectAt(root) != obj {
				if e.mentions(l, obj) {
					return false, true
				}
				continue
			}
			if f := e.x.objectAt(sel.Sel); f != nil && idOf(f) == oid {
				set = true
			}
		}
		if set {
			return true, false
		}
	}
	return false, false
}

// mentions reports whether a piece of syntax names the object.
func (e *engine) mentions(n ast.Node, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			found = slices.ContainsFunc(e.x.objectsAt(id), func(o types.Object) bool { return idOf(o) == idOf(obj) })
		}
		return !found
	})
	return found
}

// madeFor returns the local variable that is declared with the struct made at n (a
// literal, its address, new(T), or the variable's own type), and the statement
// that does; nil where the struct goes elsewhere.
func (e *engine) madeFor(n ast.Node) (*ast.Ident, ast.Stmt) {
	child := n
	for p := e.x.parent(n); p != nil; child, p = p, e.x.parent(p) {
		switch q := p.(type) {
		case *ast.ParenExpr:
		case *ast.SelectorExpr: // of a type in another package
			if ast.Node(q.Sel) != child {
				return nil, nil
			}
		case *ast.UnaryExpr:
			if q.Op != token.AND {
				return nil, nil
			}
		case *ast.CallExpr: // new(T)
			if len(q.Args) != 1 || q.Args[0] != child || e.builtinCall(q) != "new" {
				return nil, nil
			}
		case *ast.AssignStmt:
			if q.Tok != token.DEFINE || len(q.Lhs) != 1 || len(q.Rhs) != 1 {
				return nil, nil
			}
			id, _ := q.Lhs[0].(*ast.Ident)
			return id, q
		case *ast.ValueSpec:
			ds, ok := e.x.parent(e.x.parent(q)).(*ast.DeclStmt)
			if !ok || len(q.Names) != 1 || len(q.Values) > 0 && q.Type == child {
				return nil, nil
			}
			return q.Names[0], ds
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// makesZero reports whether a use of a type's name may make a zero value of it; oid
// is the field of it that is asked for.
func (e *engine) makesZero(id *ast.Ident, oid objID) bool {
	var x ast.Node = e.x.naming(id)
	p := e.x.parent(x)
	for {
		switch q := p.(type) {
		case *ast.ParenExpr:
			x, p = q, e.x.parent(q)
			continue
		case *ast.IndexExpr: // a generic type; as an argument anything can be made of it
			if q.X == x {
				x, p = q, e.x.parent(q)
				continue
			}
		case *ast.IndexListExpr:
			if q.X == x {
				x, p = q, e.x.parent(q)
				continue
			}
		case *ast.CompositeLit:
			return q.Type != x
		case *ast.StarExpr:
			// a pointer is nil at first; new(*T) makes none either
			return false
		case *ast.ArrayType:
			if q.Len != nil {
				return true
			}
			call, ok := e.x.parent(q).(*ast.CallExpr)
			return ok && len(call.Args) > 0 && call.Args[0] == ast.Expr(q)
		case *ast.Field:
			switch e.x.parent(e.x.parent(q)).(type) {
			case *ast.FuncType:
				ft := e.x.parent(e.x.parent(q)).(*ast.FuncType)
				return ft.Results != nil && slices.Contains(ft.Results.List, q) && len(q.Names) > 0
			case *ast.FuncDecl:
				return false // a receiver
			case *ast.StructType:
				// zero where the struct around is made without this field
				if len(q.Names) == 0 {
					outer, ok := e.x.parent(e.x.parent(e.x.parent(q))).(*ast.TypeSpec)
					return !ok || e.madeWithout(outer, id.Name, oid)
				}
				return len(q.Names) != 1 || e.x.decl(q.Names[0].Pos()) == nil || e.implicitZero(q.Names[0].Pos())
			}
			return true
		case *ast.SelectorExpr: // a method expression
			return false
		case *ast.ValueSpec:
			return len(q.Values) == 0
		case *ast.TypeAssertExpr: // v, ok := x.(T) makes one where x is no T
			switch r := e.x.parent(q).(type) {
			case *ast.AssignStmt:
				return len(r.Lhs) == 2 && len(r.Rhs) == 1
			case *ast.ValueSpec:
				return len(r.Names) == 2 && len(r.Values) == 1
			}
			return false
		case *ast.CaseClause:
			return false
		}
		return true
	}
}
