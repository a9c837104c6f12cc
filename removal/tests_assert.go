package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// saysNothing reports whether a statement asserts something of the flag alone,
// that it is on or that setting it gave no error, or logs it alone: with the flag
// gone, there is nothing to assert or to log.
func (w *walker) saysNothing(call *ast.CallExpr) bool {
	e := w.e
	f := e.x.fileAt(call.Pos())
	if f == nil || !f.test {
		return false
	}
	fn := e.x.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if strings.HasPrefix(fn.Pkg().Path(), "github.com/onsi/gomega") {
		return w.expectsNothing(call)
	}
	if fn.Pkg().Path() == "testing" {
		return w.logsFlag(call, fn)
	}
	if !strings.HasPrefix(fn.Pkg().Path(), "github.com/stretchr/testify/") {
		return w.checksNil(call)
	}
	args, exprs := e.args[call], call.Args
	if fn.Signature().Recv() == nil { // package functions take t first
		if len(args) == 0 {
			return false
		}
		args, exprs = args[1:], exprs[1:]
	}
	if len(args) == 0 || len(exprs) != len(args) {
		return false
	}
	fromFlag := func(i int) bool { return args[i].decided() && len(args[i].effects) == 0 && e.ofFlag(exprs[i]) }
	switch strings.TrimSuffix(fn.Name(), "f") {
	case "True", "False":
		return fromFlag(0) && args[0].c != nil && args[0].c.Kind() == constant.Bool
	case "NoError", "Nil":
		return fromFlag(0) && args[0].isNil
	case "Equal":
		return len(args) > 1 && args[0].known() && args[1].known() && (fromFlag(0) || fromFlag(1)) &&
			len(e.effectsOf(exprs[0])) == 0 && len(e.effectsOf(exprs[1])) == 0
	}
	return false
}

// checksNil reports whether a call hands the error of a setter, nil, to a helper of
// the tests that only checks it.
func (w *walker) checksNil(call *ast.CallExpr) bool {
	args := w.e.args[call]
	if len(args) != len(call.Args) {
		return false
	}
	found := false
	for i, x := range call.Args {
		switch {
		case args[i].decided() && args[i].isNil && len(args[i].effects) == 0 && w.e.ofFlag(x):
			if !w.e.checksError(call, i) {
				return false
			}
			found = true
		case len(w.e.effectsOf(x)) > 0:
			return false
		}
	}
	return found
}

// checksError reports whether a call is of a function of the program that does
// nothing where the error that is its argument i is nil.
func (e *engine) checksError(call *ast.CallExpr, i int) bool {
	fn := e.x.callee(call)
	if fn == nil {
		return false
	}
	sig := fn.Signature()
	fd, ok := e.x.decls[idOf(fn)].(*ast.FuncDecl)
	if !ok || e.tests == nil || fd.Body == nil || sig.Results().Len() > 0 || i >= sig.Params().Len() || sig.Variadic() && i == sig.Params().Len()-1 {
		return false
	}
	err := sig.Params().At(i)
	if !types.Identical(err.Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	return !slices.ContainsFunc(fd.Body.List, func(s ast.Stmt) bool {
		if e.tests.prepares(s) {
			return false
		}
		c, ok := s.(*ast.IfStmt)
		if !ok || c.Init != nil || c.Else != nil {
			return true
		}
		b, ok := ast.Unparen(c.Cond).(*ast.BinaryExpr)
		if !ok || b.Op != token.NEQ {
			return true
		}
		x, ok := ast.Unparen(b.X).(*ast.Ident)
		y, isIdent := ast.Unparen(b.Y).(*ast.Ident)
		return !ok || !isIdent || idOf(e.x.objectAt(x)) != err.Pos() || y.Name != "nil"
	})
}

// logsFlag reports whether a call is t.Log or t.Logf, of constants and the flag.
func (w *walker) logsFlag(call *ast.CallExpr, fn *types.Func) bool {
	args := w.e.args[call]
	if fn.Name() != "Log" && fn.Name() != "Logf" || len(args) != len(call.Args) {
		return false
	}
	flags := false
	for i, x := range call.Args {
		info := w.e.x.infoFor(x)
		switch {
		case info != nil && info.Types[x].Value != nil:
		case args[i].decided() && len(args[i].effects) == 0 && w.e.ofFlag(x):
			flags = true
		default:
			return false
		}
	}
	return flags
}

// expectsNothing is saysNothing for Expect(x).To(matcher) of gomega.
func (w *walker) expectsNothing(call *ast.CallExpr) bool {
	e := w.e
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	expect, ok := ast.Unparen(sel.X).(*ast.CallExpr)
	if !ok || len(expect.Args) != 1 {
		return false
	}
	if f := e.x.callee(expect); f == nil || f.Name() != "Expect" && f.Name() != "Ω" {
		return false
	}
	matcher, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr)
	if !ok || len(matcher.Args) > 0 {
		return false
	}
	m := e.x.callee(matcher)
	args := e.args[expect]
	if m == nil || len(args) != 1 || !args[0].decided() || len(args[0].effects) > 0 || !e.ofFlag(expect.Args[0]) {
		return false
	}
	switch m.Name() {
	case "HaveOccurred", "BeNil", "Succeed":
		return args[0].isNil
	case "BeTrue", "BeFalse":
		return args[0].c != nil && args[0].c.Kind() == constant.Bool
	}
	return false
}

// ofFlag reports whether an expression is an evaluation, the error of a setter,
// or a local, and not the result of code under test that is constant now.
func (e *engine) ofFlag(x ast.Expr) bool {
	x = ast.Unparen(x)
	if e.seeds[x] != nil {
		return true
	}
	switch x := x.(type) {
	case *ast.UnaryExpr:
		return e.ofFlag(x.X)
	case *ast.CallExpr:
		return e.tests.succeeds(x)
	case *ast.Ident:
		def := ast.Unparen(e.lastWritten(x))
		if c, ok := def.(*ast.CallExpr); ok {
			return e.seeds[c] != nil || e.tests.succeeds(c)
		}
		return def != ast.Expr(x) && e.seeds[def] != nil
	}
	return false
}

// lastWritten is what the assignment gives a local that comes last before a read of
// it in the text, or x itself where there is none of one value. That the walk knows
// the value at the read tells that no other assignment gave it.
func (e *engine) lastWritten(x *ast.Ident) ast.Expr {
	v, ok := e.x.objectAt(x).(*types.Var)
	if !ok {
		return x
	}
	last := e.identAt(idOf(v))
	for _, u := range e.x.uses[idOf(v)] {
		if u.Pos() < x.Pos() && !e.x.isRead(u) {
			last = u
		}
	}
	if last == nil {
		return x
	}
	switch a := e.x.parent(last).(type) {
	case *ast.AssignStmt:
		if len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			return a.Rhs[0]
		}
	case *ast.ValueSpec:
		if len(a.Names) == 1 && len(a.Values) == 1 {
			return a.Values[0]
		}
	}
	return x
}
