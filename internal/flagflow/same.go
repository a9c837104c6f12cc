package flagflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// Same reports whether two expressions that read one flag ask the same question
// of the same subject, so that only a toggle in between could tell them apart:
// they are one variable that is never written again, or calls of one function on
// equal arguments that nothing between them can have changed. The fallback may
// differ. Calls that could give another result each time are never the same.
//
// fn is the function declaration that holds both.
func Same(info *types.Info, refs map[ast.Node]*flagref.Reference, fn ast.Node, a, b ast.Expr) bool {
	if fn == nil {
		return false
	}
	c := comparer{info: info, refs: refs, fn: fn, from: min(a.Pos(), b.Pos()), to: max(a.End(), b.End())}
	return c.read(ast.Unparen(a), ast.Unparen(b)) && !c.disturbed()
}

type comparer struct {
	info     *types.Info
	refs     map[ast.Node]*flagref.Reference
	fn       ast.Node
	from, to token.Pos
	roots    map[types.Object]bool // variables that the expressions depend on
	mutable  map[types.Object]bool // those whose pointee, passed on, may change
}

// read compares two reads of a flag.
func (c *comparer) read(a, b ast.Expr) bool {
	ca, okA := a.(*ast.CallExpr)
	cb, okB := b.(*ast.CallExpr)
	if okA != okB {
		return false
	}
	if !okA {
		return c.equal(a, b)
	}
	if len(ca.Args) != len(cb.Args) || ca.Ellipsis.IsValid() != cb.Ellipsis.IsValid() || !c.equal(ca.Fun, cb.Fun) {
		return false
	}
	for i := range ca.Args {
		if c.isDefault(ca, ca.Args[i]) && c.isDefault(cb, cb.Args[i]) {
			continue
		}
		if !c.equal(ca.Args[i], cb.Args[i]) {
			return false
		}
		c.pass(ca.Args[i])
	}
	return true
}

func (c *comparer) isDefault(call *ast.CallExpr, arg ast.Expr) bool {
	ref := c.refs[call]
	return ref != nil && ref.DefaultNode == arg
}

// equal compares two expressions by structure and by the objects that they name.
func (c *comparer) equal(a, b ast.Expr) bool {
	a, b = ast.Unparen(a), ast.Unparen(b)
	if va, vb := c.info.Types[a].Value, c.info.Types[b].Value; va != nil && vb != nil {
		return va.Kind() == vb.Kind() && va.ExactString() == vb.ExactString()
	}
	switch a := a.(type) {
	case *ast.Ident:
		b, ok := b.(*ast.Ident)
		if !ok {
			return false
		}
		obj := c.info.ObjectOf(a)
		if obj == nil || obj != c.info.ObjectOf(b) {
			return false
		}
		if v, ok := obj.(*types.Var); ok {
			if c.roots == nil {
				c.roots, c.mutable = map[types.Object]bool{}, map[types.Object]bool{}
			}
			c.roots[v] = true
		}
		return true
	case *ast.SelectorExpr:
		b, ok := b.(*ast.SelectorExpr)
		return ok && c.info.ObjectOf(a.Sel) == c.info.ObjectOf(b.Sel) && c.equal(a.X, b.X)
	case *ast.StarExpr:
		b, ok := b.(*ast.StarExpr)
		return ok && c.equal(a.X, b.X)
	case *ast.UnaryExpr:
		b, ok := b.(*ast.UnaryExpr)
		return ok && a.Op == b.Op && a.Op != token.ARROW && c.equal(a.X, b.X)
	case *ast.CompositeLit:
		b, ok := b.(*ast.CompositeLit)
		return ok && types.Identical(c.info.TypeOf(a), c.info.TypeOf(b)) && c.equalLists(a.Elts, b.Elts)
	case *ast.KeyValueExpr:
		b, ok := b.(*ast.KeyValueExpr)
		return ok && c.equalKey(a.Key, b.Key) && c.equal(a.Value, b.Value)
	case *ast.IndexExpr:
		b, ok := b.(*ast.IndexExpr)
		return ok && c.equal(a.X, b.X) && c.equal(a.Index, b.Index)
	case *ast.CallExpr:
		b, ok := b.(*ast.CallExpr)
		return ok && a.Ellipsis.IsValid() == b.Ellipsis.IsValid() && c.repeatable(a) && c.equal(a.Fun, b.Fun) && c.equalLists(a.Args, b.Args)
	}
	return false
}

// equalKey compares keys of composite literals, whose field names are no uses.
func (c *comparer) equalKey(a, b ast.Expr) bool {
	x, okA := a.(*ast.Ident)
	y, okB := b.(*ast.Ident)
	if okA && okB && x.Name == y.Name {
		return c.info.ObjectOf(x) == c.info.ObjectOf(y)
	}
	return c.equal(a, b)
}

func (c *comparer) equalLists(a, b []ast.Expr) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !c.equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// repeatableFuncs give the same result on the same arguments.
var repeatableFuncs = map[string]bool{
	"context.Background": true, "context.TODO": true, "(*net/http.Request).Context": true,
}

// repeatable reports whether a call inside an argument gives the same every
// time: a conversion, one of the functions known to, or a constructor of the
// package that declares the evaluation.
func (c *comparer) repeatable(call *ast.CallExpr) bool {
	if c.info.Types[call.Fun].IsType() {
		return true
	}
	fn, ok := c.info.Uses[calleeIdentOf(call)].(*types.Func)
	if !ok {
		return false
	}
	if repeatableFuncs[fn.FullName()] {
		return true
	}
	for node := range c.refs {
		if eval, ok := node.(*ast.CallExpr); ok && c.from <= eval.Pos() && eval.End() <= c.to {
			if f, ok := c.info.Uses[calleeIdentOf(eval)].(*types.Func); ok && f.Pkg() == fn.Pkg() && fn.Signature().Recv() == nil && fn.Pkg() != nil {
				return eval.Pos() <= call.Pos() && call.End() <= eval.End()
			}
		}
	}
	return false
}

func calleeIdentOf(call *ast.CallExpr) *ast.Ident {
	if id := calleeIdent(call); id != nil {
		return id
	}
	return &ast.Ident{}
}

// pass notes variables in an argument whose pointee other code may change.
func (c *comparer) pass(arg ast.Expr) {
	ast.Inspect(arg, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := c.info.ObjectOf(id).(*types.Var)
		if !ok || !c.roots[v] {
			return true
		}
		switch t := v.Type().Underlying().(type) {
		case *types.Pointer, *types.Map, *types.Slice, *types.Struct:
			c.mutable[v] = true
		case *types.Interface:
			// A context is immutable; of another interface nobody knows.
			if named, ok := types.Unalias(v.Type()).(*types.Named); !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "context" {
				c.mutable[v] = t.NumMethods() > 0
			}
		}
		return true
	})
}

// disturbed reports whether between the two places something may have changed
// what they depend on: an assignment to a variable or to a part of it, its
// address, or a call that gets hold of a pointee. Writes anywhere in a loop or a
// function literal of the function may run in between, so for a plain assignment
// the place is not asked.
func (c *comparer) disturbed() bool {
	if len(c.roots) == 0 {
		return false
	}
	found := false
	between := func(n ast.Node) bool { return c.from < n.Pos() && n.End() < c.to }
	ast.Inspect(c.fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && c.info.Defs[id] != nil {
					continue // the declaration
				}
				found = found || c.writes(l, n)
			}
		case *ast.IncDecStmt:
			found = found || c.writes(n.X, n)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				found = found || c.mutable[c.root(n.X)] && between(n)
			}
		case *ast.CallExpr:
			if between(n) && !c.isRead(n) {
				for _, arg := range append([]ast.Expr{receiver(n)}, n.Args...) {
					found = found || arg != nil && c.mutable[c.root(arg)]
				}
			}
		}
		return !found
	})
	return found
}

// writes reports whether an assignment to l, by the statement s, changes what
// the expressions depend on between them, or may.
func (c *comparer) writes(l ast.Expr, s ast.Stmt) bool {
	root := c.root(l)
	if !c.roots[root] {
		return false
	}
	if s.End() <= c.from && !c.inLoop(s) {
		return false
	}
	return s.Pos() < c.to || c.inLoop(s)
}

// inLoop reports whether a loop of the function holds the statement, or a
// function literal does, so that its place in the source tells no order.
func (c *comparer) inLoop(s ast.Stmt) bool {
	in := false
	ast.Inspect(c.fn, func(n ast.Node) bool {
		if n == nil || n.Pos() > s.Pos() || n.End() < s.End() {
			return n == nil || n == c.fn
		}
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			// A loop that holds the write but neither read runs it at its place.
			in = in || n.Pos() <= c.from && c.to <= n.End()
		case *ast.FuncLit:
			in = in || n.Pos() > c.from || n.End() < c.to
		}
		return true
	})
	return in
}

// isRead reports whether a call is an evaluation: it changes nothing.
func (c *comparer) isRead(call *ast.CallExpr) bool { return c.refs[call] != nil }

func receiver(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// root is the variable at the bottom of a chain of selectors, indexes and stars.
func (c *comparer) root(x ast.Expr) types.Object {
	for {
		switch n := ast.Unparen(x).(type) {
		case *ast.Ident:
			return c.info.ObjectOf(n)
		case *ast.SelectorExpr:
			if _, ok := c.info.Uses[n.Sel].(*types.Var); ok && c.info.Selections[n] == nil {
				return c.info.Uses[n.Sel] // a variable of another package
			}
			x = n.X
		case *ast.IndexExpr:
			x = n.X
		case *ast.StarExpr:
			x = n.X
		case *ast.UnaryExpr:
			x = n.X
		default:
			return nil
		}
	}
}
