package flagref

import (
	"go/ast"
	"go/types"

	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/ast/inspector"
)

// isAtomicNew reports whether fn makes an atomic bool from its first value: in
//
//	var X = atomic.NewBool(env.Register("X", false, "").Get())
//
// X stands for the flag, and X.Load() evaluates it.
func isAtomicNew(fn *types.Func) bool { return isNamed(fn, "go.uber.org/atomic", "NewBool") }

// isAtomicPackage reports whether a package is one of those with atomic bools. What is
// found in their own code, where a driver analyses that too, says less than what is known
// of them.
func isAtomicPackage(p *types.Package) bool {
	return p != nil && (p.Path() == "go.uber.org/atomic" || p.Path() == "sync/atomic")
}

// IsAtomicBool reports whether t is the atomic bool of go.uber.org/atomic or of the
// standard library, or a pointer to one.
func IsAtomicBool(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	switch typeName(t) {
	case "go.uber.org/atomic.Bool", "sync/atomic.Bool":
		return true
	}
	return false
}

// atomicRef adds the reference of a variable that holds a flag's value atomically:
// Load evaluates it, Store in a test sets it. Handed on, it is a mention, but to a
// call that sets it, which is the reference itself.
func (em *emitter) atomicRef(cur inspector.Cursor, n ast.Expr, ref *Reference) {
	em.place(cur, ref)
	ref.Kind, ref.KeyNode, ref.Shape, ref.Default = Mention, n, noShape(), nil
	parent := cur.Parent()
	if call, ok := parent.Node().(*ast.CallExpr); ok && em.sets(call) {
		return
	}
	sel, ok := parent.Node().(*ast.SelectorExpr)
	call, called := parent.Parent().Node().(*ast.CallExpr)
	if ok && called && sel.X == n && call.Fun == ast.Expr(sel) {
		switch sel.Sel.Name {
		case "Load":
			v := em.eval(call)
			ref.Kind, ref.Node, ref.Type = Evaluation, call, registry.TypeBool
			ref.Shape = readShape(v.Kind == kFlag && v.Flag.Exact)
			if v.Kind == kFlag {
				ref.Shape.Negated, ref.Shape.Fallback = v.Flag.Negated, v.Flag.Fallback
			}
		case "Store":
			if !ref.Test || len(call.Args) != 1 {
				return // set-up in production code says nothing about use
			}
			ref.Kind, ref.Node = Override, call
			ref.SetNode, ref.Set = call.Args[0], em.constantOf(call.Args[0])
		}
	}
	em.res.References = append(em.res.References, ref)
}
