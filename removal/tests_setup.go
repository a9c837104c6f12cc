package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// setUpStmt returns the statement that a setter's call is: alone, deferred, or
// handed to an assertion, a clean-up or whatever applies it. It returns nil
// where the call is part of something that stays.
func (p *testPlan) setUpStmt(call *ast.CallExpr) ast.Node {
	e := p.e
	var child ast.Node = call
	for n := e.x.parent(call); n != nil; child, n = n, e.x.parent(n) {
		switch n := n.(type) {
		case *ast.ParenExpr, *ast.SelectorExpr:
		case *ast.CallExpr:
			if ast.Node(n.Fun) == child {
				continue
			}
			if !p.onlyApplies(n, call) {
				return nil
			}
		case *ast.ExprStmt, *ast.DeferStmt:
			return n
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 && ast.Node(n.Rhs[0]) == child {
				return p.setUpAssign(n, call)
			}
			return nil
		case *ast.ReturnStmt, *ast.ValueSpec:
			return nil
		default:
			return nil
		}
	}
	return nil
}

// onlyApplies reports whether a call does nothing but check, delay or apply the
// set-up that is one of its arguments.
func (p *testPlan) onlyApplies(outer, inner *ast.CallExpr) bool {
	e := p.e
	fn := e.x.callee(outer)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	for _, a := range outer.Args {
		if !(a.Pos() <= inner.Pos() && inner.End() <= a.End()) && len(e.effectsOf(a)) > 0 {
			return false
		}
	}
	if isTestingPkg(fn.Pkg().Path()) || slices.Index(outer.Args, ast.Expr(inner)) >= 0 && e.checksError(outer, slices.Index(outer.Args, ast.Expr(inner))) {
		return true
	}
	set := e.x.callee(inner)
	return set != nil && set.Pkg() != nil && set.Pkg().Path() == fn.Pkg().Path() && fn.Signature().Results().Len() == 0
}

// isTestingPkg reports whether a package holds nothing but what tests are
// written with.
func isTestingPkg(path string) bool {
	switch {
	case path == "testing", strings.HasPrefix(path, "github.com/stretchr/testify/"),
		strings.HasPrefix(path, "github.com/onsi/"), strings.HasPrefix(path, "gotest.tools/"),
		strings.HasPrefix(path, "github.com/frankban/quicktest"), strings.HasPrefix(path, "github.com/go-quicktest/"),
		strings.HasPrefix(path, "github.com/matryer/is"), strings.HasPrefix(path, "gopkg.in/check."):
		return true
	}
	return false
}

// setUpAssign decides `reset := set()` and `err := set()`: the statement, when
// its variables are used for nothing but putting things back; errors are nil.
func (p *testPlan) setUpAssign(a *ast.AssignStmt, call *ast.CallExpr) ast.Node {
	e := p.e
	if ast.Unparen(a.Rhs[0]) != ast.Expr(call) {
		return nil
	}
	if allBlank(a.Lhs) || p.threadsContext(a, call) {
		return a
	}
	p.startContext(a, call)
	if len(a.Lhs) != 1 {
		return nil
	}
	id, ok := a.Lhs[0].(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := e.x.objectAt(id).(*types.Var)
	if !ok {
		return nil
	}
	if types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
		p.succeed[call] = true
		return nil
	}
	if _, ok := under(v.Type()).(*types.Signature); !ok || idOf(v) != id.Pos() {
		return nil
	}
	var resets []ast.Node
	for _, u := range e.x.usesOf(idOf(v)) {
		s := p.putsBack(u)
		if s == nil {
			return nil
		}
		resets = append(resets, s)
	}
	for _, s := range resets {
		p.gone[s] = true
	}
	return a
}

// threadsContext reports whether a statement sets the flag in a context and puts
// it back into the variable that it came from: ctx, _ = set(ctx, flag).
func (p *testPlan) threadsContext(a *ast.AssignStmt, call *ast.CallExpr) bool {
	if a.Tok != token.ASSIGN {
		return false
	}
	threaded := false
	for _, l := range a.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok {
			return false
		}
		if id.Name == "_" {
			continue
		}
		obj := p.e.x.objectAt(id)
		if threaded || obj == nil || !isContext(obj.Type()) || !slices.ContainsFunc(call.Args, func(x ast.Expr) bool {
			arg, ok := x.(*ast.Ident)
			return ok && p.e.x.objectAt(arg) == obj
		}) {
			return false
		}
		threaded = true
	}
	return threaded
}

// startContext leaves ctx := parent of ctx, _ := set(parent, flag).
func (p *testPlan) startContext(a *ast.AssignStmt, call *ast.CallExpr) {
	id, ok := a.Lhs[0].(*ast.Ident)
	if !ok || a.Tok != token.DEFINE || len(call.Args) == 0 || !allBlank(a.Lhs[1:]) || id.Name == "_" {
		return
	}
	if t, parent := p.e.x.typeOf(id), p.e.x.typeOf(call.Args[0]); t == nil || parent == nil || !isContext(t) || !isContext(parent) {
		return
	}
	f, arg := p.e.x.fileAt(a.Pos()), call.Args[0]
	p.text[a] = id.Name + " := " + string(f.src[f.tok.Offset(arg.Pos()):f.tok.Offset(arg.End())])
}

// succeeds reports whether a call is of a setter whose error is what it gives:
// with the flag gone, nothing fails.
func (p *testPlan) succeeds(call *ast.CallExpr) bool { return p != nil && p.succeed[call] }

// putsBack returns the statement that a use of a reset function is: reset(),
// defer reset(), t.Cleanup(reset).
func (p *testPlan) putsBack(u *ast.Ident) ast.Node {
	call, ok := p.e.x.parent(u).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if call.Fun != ast.Expr(u) {
		fn := p.e.x.callee(call)
		if len(call.Args) != 1 || fn == nil || fn.Pkg() == nil || !isTestingPkg(fn.Pkg().Path()) {
			return nil
		}
	}
	switch s := p.e.x.parent(call).(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
		return s
	}
	return nil
}

// setsOnly reports whether what a reference's call calls is a helper that does
// nothing but set the flag: set it, check that, and put it back.
func (p *testPlan) setsOnly(call *ast.CallExpr, r *flagref.Reference) bool {
	e := p.e
	fn := e.x.callee(call)
	if fn == nil {
		return false
	}
	decl, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl)
	if !ok || decl.Body == nil {
		return true // a helper of another module, which the providers do not name
	}
	var inner []*ast.CallExpr
	for _, v := range r.Via {
		if c := e.callAt(v.Filename, v.Line, v.Column); c != nil {
			inner = append(inner, c)
		}
	}
	pkgs := map[*types.Package]bool{}
	for _, c := range inner {
		if f := e.x.callee(c); f != nil {
			pkgs[f.Pkg()] = true
		}
	}
	for i := range fn.Signature().Results().Len() {
		switch t := fn.Signature().Results().At(i).Type(); t.Underlying().(type) {
		case *types.Signature:
		default:
			if !types.Identical(t, types.Universe.Lookup("error").Type()) {
				return false
			}
		}
	}
	only := true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if slices.Contains(inner, n) || e.isConversion(n) || e.pureCall(n) {
				return true
			}
			f := e.x.callee(n)
			switch {
			case f == nil && e.builtinCall(n) == "panic": // how a helper without a testing.T fails
			case f == nil:
				if _, lit := ast.Unparen(n.Fun).(*ast.FuncLit); !lit {
					if _, isSig := under(e.x.typeOf(n.Fun)).(*types.Signature); isSig {
						if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && e.declaredIn(id, decl) {
							return true // a reset function
						}
					}
					only = only && lit
				}
			case f.Pkg() == nil, isTestingPkg(f.Pkg().Path()), pkgs[f.Pkg()] && f.Pkg() != e.pkgOf(decl):
			default:
				only = false
			}
		case *ast.SendStmt, *ast.GoStmt:
			only = false
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := ast.Unparen(l).(*ast.Ident); !ok || id.Name != "_" && !e.declaredIn(id, decl) {
					only = only && p.isSite(n)
				}
			}
		}
		return only
	})
	return only
}

func (e *engine) pkgOf(n ast.Node) *types.Package {
	if f := e.x.fileAt(n.Pos()); f != nil {
		return f.views[0].Types
	}
	return nil
}

func (p *testPlan) isSite(n ast.Node) bool {
	return slices.ContainsFunc(p.sites, func(s *site) bool { return s.node == n })
}

// dropSetUp takes the set-up of the flags out of the tests.
func (p *testPlan) dropSetUp() {
	for _, s := range p.sites {
		switch n := s.node.(type) {
		case *ast.CallExpr:
			if s.stmt != nil {
				p.gone[s.stmt] = true
			} else if s.ref.Node == ast.Node(n) && p.isOption(n) {
				p.dropElement(n)
			}
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 {
				p.gone[n] = true
			}
		case *ast.KeyValueExpr:
			p.gone[n] = true
		default:
			if p.text[n] == "" {
				p.dropElement(n)
			}
		}
	}
	for _, s := range p.sites {
		if s.stmt == nil {
			p.emptied(s)
		}
	}
	p.dropResets()
}

// dropElement takes a key out of a list of keys.
func (p *testPlan) dropElement(n ast.Node) {
	switch q := p.e.x.parent(n).(type) {
	case *ast.CompositeLit:
		p.gone[n] = true
	case *ast.CallExpr:
		drop := p.args[q]
		if drop == nil {
			drop = make([]bool, len(q.Args))
			p.args[q] = drop
		}
		if i := slices.IndexFunc(q.Args, func(a ast.Expr) bool { return ast.Node(a) == n }); i >= 0 {
			drop[i] = true
		}
		sig, ok := under(p.e.x.typeOf(q.Fun)).(*types.Signature)
		if !ok || !sig.Variadic() || slices.IndexFunc(q.Args, func(a ast.Expr) bool { return ast.Node(a) == n }) < sig.Params().Len()-1 {
			return
		}
		if c, ok := n.(*ast.CallExpr); ok && p.isOption(c) {
			return
		}
		if !slices.Contains(drop[sig.Params().Len()-1:], false) { // none is left
			if s := p.setUpStmt(q); s != nil {
				delete(p.args, q)
				p.gone[s] = true
			} else if p.isOption(q) {
				delete(p.args, q)
				p.dropElement(q)
			}
		}
	}
}

// isOption reports whether a call is one of the options that another call takes.
func (p *testPlan) isOption(call *ast.CallExpr) bool {
	outer, ok := p.e.x.parent(call).(*ast.CallExpr)
	if !ok {
		return false
	}
	sig, ok := under(p.e.x.typeOf(outer.Fun)).(*types.Signature)
	if !ok || !sig.Variadic() || outer.Ellipsis.IsValid() || slices.Index(outer.Args, ast.Expr(call)) < sig.Params().Len()-1 {
		return false
	}
	last := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice).Elem()
	_, isFunc := under(last).(*types.Signature)
	return isFunc || isInterface(last) && types.Identical(last, p.e.x.typeOf(call))
}

// emptied follows a literal that lost its last element: the call that takes it,
// the variable that holds it, the field of the row that it is.
func (p *testPlan) emptied(s *site) {
	lit, ok := p.e.x.parent(s.node).(*ast.CompositeLit)
	if !ok || len(lit.Elts) == 0 || slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool { return !p.gone[x] }) {
		return
	}
	var x ast.Expr = lit
	q := p.e.x.parent(lit)
	if u, ok := q.(*ast.UnaryExpr); ok && u.Op == token.AND {
		x, q = u, p.e.x.parent(u)
	}
	switch q := q.(type) {
	case *ast.CallExpr:
		if p.sets(q, s) {
			if st := p.setUpStmt(q); st != nil {
				p.gone[st] = true
			}
		}
	case *ast.KeyValueExpr:
		if _, ok := p.e.x.parent(q).(*ast.CompositeLit); ok && q.Value == x && p.isColumn(q) {
			p.gone[q] = true
			p.dropZero(q)
		}
	case *ast.CompositeLit:
		// a row whose columns are given by their place
		if t := under(p.e.x.typeOf(q)); x == ast.Expr(lit) && t != nil {
			if st, ok := t.(*types.Struct); ok && st.NumFields() > 0 && p.isTestObject(st.Field(0)) && q.Type != x {
				p.empty[lit] = true
				p.text[lit] = "nil"
			}
		}
	case *ast.AssignStmt:
		if sel, ok := q.Lhs[0].(*ast.SelectorExpr); ok && len(q.Lhs) == 1 && q.Tok == token.ASSIGN {
			// cfg.FeatureGates = map[string]bool{}: settings without the flag
			if _, isMap := under(p.e.x.typeOf(sel)).(*types.Map); isMap {
				p.gone[q] = true
				return
			}
		}
		p.dropVariable(q, s)
	}
}

// dropZero follows a field that went to the struct around it: a column whose value
// gives nothing any more is like a column left out.
func (p *testPlan) dropZero(kv *ast.KeyValueExpr) {
	for {
		lit, ok := p.e.x.parent(kv).(*ast.CompositeLit)
		if !ok || slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool { return !p.gone[x] }) {
			return
		}
		outer, ok := p.e.x.parent(lit).(*ast.KeyValueExpr)
		if _, isStruct := under(p.e.x.typeOf(lit)).(*types.Struct); !ok || !isStruct || outer.Value != ast.Expr(lit) || !p.isColumn(outer) {
			return
		}
		p.gone[outer] = true
		kv = outer
	}
}

// isColumn reports whether a key-value pair gives a field of a struct that a test
// declares.
func (p *testPlan) isColumn(kv *ast.KeyValueExpr) bool {
	id, ok := kv.Key.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := p.e.x.objectAt(id).(*types.Var)
	return ok && v.IsField() && p.isTestObject(v)
}

// sets reports whether a call is the one that sets the flag of a site whose node
// is an entry of its argument.
func (p *testPlan) sets(call *ast.CallExpr, s *site) bool {
	if s.ref.Kind == flagref.Override && (s.ref.Call == ast.Expr(call) || s.ref.Node == ast.Node(call)) {
		return true
	}
	if at := p.e.x.position(call.Pos()); slices.ContainsFunc(s.ref.Via, func(v token.Position) bool {
		return v.Filename == at.Filename && v.Line == at.Line && v.Column == at.Column
	}) {
		return true // within the helper that the reference is a call of
	}
	// A flag struct: Set(Config{X: true}).
	fn := p.e.x.callee(call)
	return fn != nil && fn.Signature().Results().Len() == 0 && len(call.Args) <= 2 && p.installs(fn)
}

// installs reports whether a function belongs to the package of the flag struct.
func (p *testPlan) installs(fn *types.Func) bool {
	for _, r := range p.e.refs {
		if v, ok := r.KeyObject.(*types.Var); ok && v.IsField() && v.Pkg() == fn.Pkg() {
			return true
		}
		if v, ok := r.KeyObject.(*types.Var); ok && v.IsField() && v.Pkg() != nil && fn.Pkg() != nil && v.Pkg().Path() == fn.Pkg().Path() {
			return true
		}
	}
	return false
}

// goesOnAfter reports whether a test does something after a reset that is not put off to
// its end.
func (p *testPlan) goesOnAfter(reset ast.Node) bool {
	s, ok := reset.(*ast.ExprStmt)
	if !ok {
		return false
	}
	if call, ok := s.X.(*ast.CallExpr); !ok || len(call.Args) > 0 {
		return false // t.Cleanup(flags.Reset)
	}
	list, _ := p.e.listOf(s)
	i := slices.Index(list, ast.Stmt(s))
	return i >= 0 && slices.ContainsFunc(list[i+1:], func(s ast.Stmt) bool { return !p.gone[s] && !p.folded(s) })
}

// tellReset tells of a test that took its set-up of a flag back before its end: what it
// did then was without the flag, unless that is its default.
func (p *testPlan) tellReset(fd *ast.FuncDecl) {
	for _, s := range p.sites {
		if s.scope.node != ast.Node(fd) || p.stateOf(s.key, p.constSet(s)) != stateKept || p.stateOf(s.key, p.defaultOf(s.key)) == stateKept {
			continue
		}
		p.unsettled(&spare{
			key: s.key, pos: fd.Pos(), ids: p.testIDs(s.node, s.scope.names),
			text: "this test took its set-up of the flag back before its end; nothing tells whether the rest is about that: it stays, without the set-up",
		}, func() { p.gone[fd] = true })
		return
	}
}

// dropVariable drops `gates := map…{}` and the calls that take it.
func (p *testPlan) dropVariable(a *ast.AssignStmt, s *site) {
	if len(a.Lhs) != 1 || a.Tok != token.DEFINE {
		return
	}
	id, ok := a.Lhs[0].(*ast.Ident)
	if !ok {
		return
	}
	var stmts []ast.Node
	for _, u := range p.e.x.usesOf(id.Pos()) {
		call, ok := p.e.x.parent(u).(*ast.CallExpr)
		if !ok || !p.sets(call, s) {
			return
		}
		st := p.setUpStmt(call)
		if st == nil {
			return
		}
		stmts = append(stmts, st)
	}
	p.gone[a] = true
	for _, st := range stmts {
		p.gone[st] = true
	}
}

// dropResets drops `defer flags.Reset()` after the last set-up of the function
// that it undid is gone.
func (p *testPlan) dropResets() {
	e := p.e
	type pkgIn struct {
		fn  ast.Node
		pkg *types.Package
	}
	touched := map[pkgIn]bool{}
	for n := range p.gone {
		st, ok := n.(*ast.ExprStmt)
		if !ok {
			continue
		}
		call, ok := ast.Unparen(st.X).(*ast.CallExpr)
		if !ok {
			continue
		}
		if fn := e.x.callee(call); fn != nil && fn.Pkg() != nil && fn.Signature().Recv() == nil {
			if fd := e.topDecl(st); fd != nil {
				touched[pkgIn{fd, fn.Pkg()}] = true
			}
		}
	}
	for t := range touched {
		fd, ok := t.fn.(*ast.FuncDecl)
		if !ok {
			continue
		}
		var resets []ast.Node
		others := false
		ast.Inspect(fd.Body, func(n ast.Node) bool {
			if n == nil || p.gone[n] {
				return false
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			fn, ok := e.x.objectAt(id).(*types.Func)
			if !ok || fn.Pkg() != t.pkg {
				return true
			}
			if s := p.resetStmt(id, fn); s != nil {
				resets = append(resets, s)
			} else if !p.reads(fn) {
				others = true
			}
			return true
		})
		if others {
			continue
		}
		for _, s := range resets {
			p.gone[s] = true
		}
		for _, s := range resets {
			if len(resets) > 1 && p.goesOnAfter(s) {
				p.tellReset(fd)
				break
			}
		}
	}
}

// reads reports whether a function of a flag package yields something, so that
// it may be an evaluation of another flag rather than a set-up.
func (p *testPlan) reads(fn *types.Func) bool { return fn.Signature().Results().Len() > 0 }

// resetStmt returns the statement that resets the flags: defer flags.Reset(),
// t.Cleanup(flags.Reset).
func (p *testPlan) resetStmt(id *ast.Ident, fn *types.Func) ast.Node {
	e := p.e
	name := strings.ToLower(fn.Name())
	if fn.Signature().Params().Len() > 0 || !(strings.HasPrefix(name, "reset") || strings.HasPrefix(name, "restore") || strings.HasPrefix(name, "clear")) {
		return nil
	}
	var child ast.Node = id
	n := e.x.parent(id)
	if sel, ok := n.(*ast.SelectorExpr); ok {
		child, n = sel, e.x.parent(sel)
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	if ast.Node(call.Fun) != child {
		f := e.x.callee(call)
		if len(call.Args) != 1 || f == nil || f.Pkg() == nil || !isTestingPkg(f.Pkg().Path()) {
			return nil
		}
	}
	switch s := e.x.parent(call).(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
		return s
	}
	return nil
}
