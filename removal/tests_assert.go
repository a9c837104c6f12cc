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
		return w.checksNil(call) || isTestingPkg(fn.Pkg().Path()) && w.checksFlag(call)
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

// checksFlag reports whether a call of a testing package, and the calls of such that
// are its arguments (checkers), are given the flag and, beside it, constants, the test,
// and what testing packages declare, alone.
func (w *walker) checksFlag(call *ast.CallExpr) bool {
	e := w.e
	args := e.args[call]
	if len(args) != len(call.Args) || len(e.effectsOf(call.Fun)) > 0 {
		return false
	}
	flags := false
	for i, x := range call.Args {
		info := e.x.infoFor(x)
		if info == nil {
			return false
		}
		tv := info.Types[x]
		switch {
		case args[i].decided() && len(args[i].effects) == 0 && e.ofFlag(x):
			flags = true
		case tv.Value != nil, tv.IsNil(), isTesting(tv.Type), e.ofTestingPkg(x):
		default:
			inner, ok := ast.Unparen(x).(*ast.CallExpr)
			if !ok || !e.ofTestingPkg(inner.Fun) || !w.checksFlag(inner) {
				return false
			}
			flags = true
		}
	}
	return flags
}

// ofTestingPkg reports whether an expression names what a testing package declares.
func (e *engine) ofTestingPkg(x ast.Expr) bool {
	switch f := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		x = f.X
	case *ast.IndexListExpr:
		x = f.X
	}
	var o types.Object
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		o = e.x.objectAt(x)
	case *ast.SelectorExpr:
		o = e.x.objectAt(x.Sel)
	}
	return o != nil && o.Pkg() != nil && isTestingPkg(o.Pkg().Path())
}

// checksError reports whether a call is of a function of the program that does
// nothing where the error that is its argument i is nil.
func (e *engine) checksError(call *ast.CallExpr, i int) bool {
	fn := e.x.callee(call)
	if fn == nil {
		return false
	}
	sig := fn.Signature()
	fd, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl)
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
	last := e.writtenBefore(x)
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

// assertion is what an assertion of a test wants of its subject.
type assertion int

const (
	assertsNone assertion = iota
	assertsTrue
	assertsFalse
	assertsNil
	assertsNotNil
)

// assertions are the names of functions that assert something of their first argument
// after the test itself, in lower case, without assert, require, expect or must before
// and an f behind. Names that may mean either (checkError) are none.
var assertions = map[string]assertion{
	"noerror": assertsNil, "noterror": assertsNil, "nilerror": assertsNil, "noerr": assertsNil, "nil": assertsNil, "isnil": assertsNil,
	"ok": assertsNil, "succeed": assertsNil, "error": assertsNotNil, "notnil": assertsNotNil, "isnotnil": assertsNotNil,
	"true": assertsTrue, "istrue": assertsTrue, "false": assertsFalse, "isfalse": assertsFalse, "": assertsTrue,
}

// assertionOf tells what a call of a helper asserts of its subject alone.
func (e *engine) assertionOf(call *ast.CallExpr) assertion {
	fn := e.x.callee(call)
	x := e.subject(call)
	if fn == nil || fn.Pkg() == nil || x == nil || fn.Signature().Results().Len() > 1 {
		return assertsNone
	}
	if !isTesting(e.x.typeOf(call.Args[0])) && !strings.HasPrefix(fn.Pkg().Path(), "github.com/stretchr/testify/") {
		return assertsNone
	}
	name, bare := strings.ToLower(fn.Name()), true
	for _, p := range []string{"assert", "require", "expect", "must"} {
		if rest, ok := strings.CutPrefix(name, p); ok {
			name, bare = rest, false
			break
		}
	}
	want, ok := assertions[name]
	if !ok {
		want, ok = assertions[strings.TrimSuffix(name, "f")]
	}
	if !ok || name == "" && bare {
		return assertsNone
	}
	b, isBasic := under(e.x.typeOf(x)).(*types.Basic)
	isBool := isBasic && b.Info()&types.IsBoolean != 0
	if isBool != (want == assertsTrue || want == assertsFalse) {
		return assertsNone
	}
	return want
}

// subject is what an assertion speaks of: its first argument, or the second where
// the first is the test.
func (e *engine) subject(call *ast.CallExpr) ast.Expr {
	i := 0
	if len(call.Args) > 0 && isTesting(e.x.typeOf(call.Args[0])) {
		i = 1
	}
	if i >= len(call.Args) {
		return nil
	}
	return call.Args[i]
}

// isTesting reports whether t is the test that a helper is given.
func isTesting(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "testing"
}

// assertsLost reports whether a statement of a test only asserts what a result was
// that its function has no more: there is nothing left to assert.
func (w *walker) assertsLost(call *ast.CallExpr) (effects []ast.Expr, ok bool) {
	e := w.e
	if f := e.x.fileAt(call.Pos()); f == nil || !f.test {
		return nil, false
	}
	x := e.subject(call)
	if x == nil || !e.ofLostResult(x) || e.assertionOf(call) == assertsNone {
		return nil, false
	}
	for i, a := range call.Args {
		if a != x {
			effects = append(effects, e.effectsOf(a)...)
			continue
		}
		v := e.args[call][i]
		if !v.decided() {
			return nil, false
		}
		effects = append(effects, v.effects...)
	}
	return effects, true
}

// ofLostResult reports whether an expression is a result that a function lost, or
// the opposite of one, or a local that a call gave it.
func (e *engine) ofLostResult(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		return e.ofLostResult(x.X)
	case *ast.CallExpr:
		return e.resultsGone(x)[0]
	case *ast.Ident:
		last := e.writtenBefore(x)
		if last == nil {
			return false
		}
		a, ok := e.x.parent(last).(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			return false
		}
		i := slices.Index(a.Lhs, ast.Expr(last))
		return i >= 0 && e.resultsGone(a.Rhs[0])[i]
	}
	return false
}

// contradiction records that a statement of a test must fail now: it asserts that
// a function returns what it returns no more, or fails the test where it returns
// what it always does. A test that set the removed state was about it then.
func (w *walker) contradiction(s ast.Stmt) {
	if w.inTest(s) {
		w.contradicted(s, w.e.contradicts(s))
	}
}

// failsBecauseOf records that a test fails now where it asks for the flag itself, and v,
// the condition of s, is what it asks for.
func (w *walker) failsBecauseOf(s *ast.IfStmt, v *value) {
	if w.inTest(s) && w.e.failsTest(s.Body) {
		w.contradicted(s, v)
	}
}

func (w *walker) inTest(n ast.Node) bool {
	f := w.e.x.fileAt(n.Pos())
	return f != nil && f.test
}

func (w *walker) contradicted(s ast.Stmt, v *value) {
	e := w.e
	if v == nil {
		return
	}
	var body *ast.BlockStmt
	for n := e.x.parent(s); n != nil && body == nil; n = e.x.parent(n) {
		switch n := n.(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause, *ast.RangeStmt, *ast.ForStmt:
			return // it may not run
		case *ast.FuncLit:
			body = n.Body
		case *ast.FuncDecl:
			body = n.Body
		}
	}
	if body != nil && e.contradicted[body] == nil {
		e.contradicted[body] = v
		e.followed = true
	}
}

// contradicts is the value that a function now always returns where a statement of a
// test must fail because of it, nil where none must.
func (e *engine) contradicts(s ast.Stmt) *value {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			return nil
		}
		want := e.assertionOf(call)
		if want == assertsNone {
			return nil
		}
		v := e.nowReturns(e.subject(call), s)
		switch {
		case v == nil:
		case v.isNil && want == assertsNotNil,
			!v.isNil && v.c.Kind() == constant.Bool && want == assertsTrue && !constant.BoolVal(v.c),
			!v.isNil && v.c.Kind() == constant.Bool && want == assertsFalse && constant.BoolVal(v.c):
			return v
		}
	case *ast.IfStmt:
		if !e.failsTest(s.Body) {
			return nil
		}
		if c, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr); ok {
			if info := e.x.infoFor(c); c.Op == token.EQL && info.Types[c.Y].IsNil() {
				if v := e.nowReturns(c.X, s); v != nil && v.isNil {
					return v
				}
			}
			return nil
		}
		if v := e.nowReturns(s.Cond, s); v != nil && v.c != nil && v.c.Kind() == constant.Bool && constant.BoolVal(v.c) {
			return v
		}
	}
	return nil
}

// failsTest reports whether a block fails the test that runs it.
func (e *engine) failsTest(b *ast.BlockStmt) bool {
	return slices.ContainsFunc(b.List, func(s ast.Stmt) bool {
		call := callStmt(s)
		if call == nil {
			return false
		}
		fn := e.x.callee(call)
		if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "testing" {
			return false
		}
		switch fn.Name() {
		case "Fatal", "Fatalf", "Error", "Errorf", "Fail", "FailNow":
			return true
		}
		return false
	})
}

// nowReturns is what a function of production code now always returns, where x, in
// statement s, is a call of it, a local that such a call gave its value right
// before, or the opposite of one. Nil otherwise.
func (e *engine) nowReturns(x ast.Expr, s ast.Stmt) *value {
	result := func(call ast.Expr, i int) *value {
		c, ok := ast.Unparen(call).(*ast.CallExpr)
		if !ok {
			return nil
		}
		fn := e.x.callee(c)
		if fn == nil || e.fnConst[idOf(fn)] == nil || e.x.fileAt(idOf(fn)).test || i >= len(e.fnConst[idOf(fn)]) {
			return nil
		}
		return e.fnConst[idOf(fn)][i]
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		v := e.nowReturns(x.X, s)
		if x.Op != token.NOT || v == nil || v.c == nil || v.c.Kind() != constant.Bool {
			return nil
		}
		r := *v
		r.c = constant.MakeBool(!constant.BoolVal(v.c))
		return &r
	case *ast.CallExpr:
		return result(x, 0)
	case *ast.Ident:
		last := e.writtenBefore(x)
		if last == nil {
			return nil
		}
		a, ok := e.x.parent(last).(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			return nil
		}
		if p := e.x.parent(a); p != e.x.parent(s) && p != ast.Node(s) {
			return nil
		}
		return result(a.Rhs[0], slices.Index(a.Lhs, ast.Expr(last)))
	}
	return nil
}

// writtenBefore is where a local is written last before a read of it in the text,
// nil where it is no local or nothing writes it.
func (e *engine) writtenBefore(x *ast.Ident) *ast.Ident {
	v, ok := e.x.objectAt(x).(*types.Var)
	if !ok {
		return nil
	}
	last := e.identAt(idOf(v))
	for _, u := range e.x.usesOf(idOf(v)) {
		if u.Pos() < x.Pos() && !e.x.isRead(u) {
			last = u
		}
	}
	return last
}
