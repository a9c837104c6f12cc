package flagref

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/provider"
	"golang.org/x/tools/go/ast/inspector"
)

// member adds the evaluation that looking a key up in a collection of keys is.
func (em *emitter) member(cur inspector.Cursor, n *ast.IndexExpr) {
	if em.idx.written[n] {
		return
	}
	if v := em.membership(n.X, n.Index); v != nil && !v.symbolic() {
		em.evaluation(cur, n, v.Flag.Eval, readShape(true))
	}
}

// entryRead adds the evaluation that reading one flag is of all that a call
// returned. Where the call named its keys, they are evaluated there.
func (em *emitter) entryRead(cur inspector.Cursor, n *ast.IndexExpr) {
	if tv := em.info.Types[n]; !tv.IsValue() {
		return
	}
	v := em.eval(n)
	if v.Kind != kFlag || !v.Flag.Eval.Entry || !v.Flag.Eval.Whole || v.symbolic() {
		return
	}
	if x := em.eval(n.X); x.Kind != kFlag || x.Flag.Role != "map" {
		return
	}
	e := *v.Flag.Eval
	em.evaluation(cur, n, &e, shapeOf(&e, []*value{v}))
}

func (em *emitter) selector(cur inspector.Cursor, n *ast.SelectorExpr) {
	if em.done[n] {
		return
	}
	em.done[n.Sel] = true
	for _, e := range em.boundBy(n) {
		if !e.anyParam(func(string) bool { return true }) {
			em.evaluation(cur, n, e, em.boundShape(n))
		}
	}
	sel, ok := em.info.Selections[n]
	if ok && sel.Kind() == types.FieldVal {
		em.fieldRead(cur, n, sel)
		return
	}
	if v, ok := em.info.Uses[n.Sel].(*types.Var); ok {
		em.variableRead(cur, n, v)
	}
}

// boundShape tells how calling a method value yields the flag.
func (em *emitter) boundShape(n *ast.SelectorExpr) Shape {
	shape := noShape()
	if fn := em.function(em.eval(n).Func.Name); fn != nil {
		if s := em.summaryOf(fn); s != nil && len(s.Evals) > 0 {
			shape = shapeOf(s.Evals[0], s.Results)
			shape.Effects = s.Effects
		}
	}
	shape.Func = true
	return shape
}

// fieldRead adds the reference of a field that stands for a flag.
func (em *emitter) fieldRead(cur inspector.Cursor, n *ast.SelectorExpr, sel *types.Selection) {
	owner, field := provider.Owner(sel)
	if field == nil {
		return
	}
	if m, key, ok := em.set.FieldOf(owner, field); ok {
		if em.admits(m.Spec.Prefixes, key) {
			em.variableRef(cur, n, &Reference{Kind: Evaluation, Key: key, Node: n, KeyNode: n.Sel, KeyObject: field,
				Provider: m.Spec.Name, Type: provider.ValueType(field.Type()), Shape: readShape(true)})
		}
		return
	}
	field = field.Origin()
	if got := em.eval(n); got.Kind == kFlag && got.Flag.Eval.Inline {
		em.standsFor(cur, n, field, got)
	} else if got := em.fixed[field]; got != nil {
		em.standsFor(cur, n, field, got)
	}
}

// variableRead adds the reference of a variable that stands for a flag.
func (em *emitter) variableRead(cur inspector.Cursor, n ast.Expr, v *types.Var) {
	if v.Pkg() != nil && !v.IsField() && (v.Parent() == v.Pkg().Scope() || em.fixed[v] != nil) {
		em.standsFor(cur, n, v, em.evalVar(v))
	}
}

// standsFor adds the reference of a variable or field that holds got, if that is
// a flag for good.
func (em *emitter) standsFor(cur inspector.Cursor, n ast.Expr, v *types.Var, got *value) {
	if got.Kind == kStruct && em.fixed[v] == got {
		em.contained(cur, n, v, got)
		return
	}
	if got.Kind != kFlag || !got.Flag.Eval.Inline || got.Flag.Eval.Pointer {
		return
	}
	keys := em.admitted(got.Flag.Eval)
	for _, k := range keys {
		ref := &Reference{Kind: Evaluation, Key: k.Text, Node: n, KeyObject: v, Provider: got.Flag.Eval.Provider,
			Type: provider.ValueType(v.Type()), Shape: readShape(got.Flag.Exact && len(keys) == 1)}
		ref.Shape.Negated, ref.Shape.Fallback = got.Flag.Negated, got.Flag.Fallback
		if d := got.Flag.Eval.Default; d != nil {
			ref.Default = d.constant()
		}
		for _, via := range got.Flag.Eval.Via {
			ref.Via = append(ref.Via, via.token())
		}
		if IsAtomicBool(v.Type()) {
			ref.Type = got.Flag.Eval.Type
			em.atomicRef(cur, n, ref)
			continue
		}
		em.variableRef(cur, n, ref)
	}
}

// variableRef adds a reference to a field or variable that stands for a flag: a
// read evaluates; a write, or an address that a call takes, sets it.
func (em *emitter) variableRef(cur inspector.Cursor, n ast.Expr, ref *Reference) {
	em.place(cur, ref)
	parent := cur.Parent()
	switch x := parent.Node().(type) {
	case *ast.AssignStmt:
		if i := slices.Index(x.Lhs, n); i >= 0 {
			if x.Tok != token.ASSIGN {
				break
			}
			if !ref.Test {
				return // set-up in production code says nothing about use
			}
			ref.Kind, ref.Node, ref.KeyNode, ref.Default = Override, x, n, nil
			if len(x.Rhs) == len(x.Lhs) {
				ref.SetNode = x.Rhs[i]
				ref.Set = em.constantOf(x.Rhs[i])
			}
		}
	case *ast.UnaryExpr:
		if x.Op != token.AND {
			break
		}
		call, ok := parent.Parent().Node().(*ast.CallExpr)
		if !ok || em.sets(call) || !ref.Test {
			return
		}
		i := slices.Index(call.Args, ast.Expr(x))
		if i < 0 || i+1 >= len(call.Args) {
			return
		}
		ref.Kind, ref.Node, ref.KeyNode, ref.Default = Override, call, n, nil
		ref.SetNode = call.Args[i+1]
		ref.Set = em.constantOf(call.Args[i+1])
	case *ast.RangeStmt:
		if x.Key == n || x.Value == n {
			return
		}
	}
	em.res.References = append(em.res.References, ref)
}

// sets reports whether a call is known to set a flag.
func (em *emitter) sets(call *ast.CallExpr) bool { return len(em.apply(call).sets) > 0 }

func (em *emitter) ident(cur inspector.Cursor, n *ast.Ident) {
	if v, ok := em.info.Uses[n].(*types.Var); ok && !em.done[n] {
		em.variableRead(cur, n, v)
		if _, field := cur.Parent().Node().(*ast.KeyValueExpr); !field || !v.IsField() {
			em.value(n)
		}
	}
}
