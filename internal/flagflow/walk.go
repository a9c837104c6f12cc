package flagflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// walker walks the declarations of a package in source order, carrying what
// controls the place that it is at.
type walker struct {
	pass   *analysis.Pass
	info   *types.Info
	refs   map[ast.Node][]*flagref.Reference // a call of a wrapper may evaluate several flags
	values map[ast.Expr]flagref.FlagValue
	res    *Result
	calls  map[*types.Func][]callSite
	// targets are the labels of the function at hand that a goto names.
	targets map[string]bool
}

// env is what holds at a place. It is passed by value, and its slices are never
// appended to in place.
type env struct {
	controls []Control
	fn       ast.Node
	decl     *ast.FuncDecl
	loops    []ast.Stmt
	arms     []arm
}

func (e env) under(cs []Control, how How) env {
	if len(cs) == 0 {
		return e
	}
	e.controls = slices.Clone(e.controls)
	for _, c := range cs {
		c.How = how
		e.controls = append(e.controls, c)
	}
	return e
}

func (e env) in(node ast.Node, index int, leaves bool) env {
	e.arms = append(slices.Clone(e.arms), arm{node, index, leaves})
	return e
}

func (e env) loop(s ast.Stmt) env {
	e.loops = append(slices.Clone(e.loops), s)
	return e
}

func (w *walker) decl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if vs, ok := spec.(*ast.ValueSpec); ok {
				for _, v := range vs.Values {
					w.expr(env{}, v)
				}
			}
		}
	case *ast.FuncDecl:
		if d.Body != nil {
			w.targets = gotoTargets(d.Body)
			w.list(env{fn: d, decl: d}, d.Body.List)
		}
	}
}

func gotoTargets(body ast.Node) map[string]bool {
	targets := map[string]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
			targets[b.Label.Name] = true
		}
		return true
	})
	return targets
}

// list walks statements that follow each other.
func (w *walker) list(e env, stmts []ast.Stmt) {
	start := e
	for _, s := range stmts {
		if l, ok := s.(*ast.LabeledStmt); ok && w.targets[l.Label.Name] {
			e = start // a jump comes here past what held above
		}
		e = w.stmt(e, s)
	}
}

// stmt walks a statement and returns what holds after it.
func (w *walker) stmt(e env, s ast.Stmt) env {
	switch s := s.(type) {
	case *ast.IfStmt:
		return w.ifStmt(e, s, false)
	case *ast.SwitchStmt:
		w.switchStmt(e, s)
	case *ast.BlockStmt:
		w.list(e, s.List)
	case *ast.LabeledStmt:
		return w.stmt(e, s.Stmt)
	case *ast.ForStmt:
		w.forStmt(e, s)
	case *ast.RangeStmt:
		w.expr(e, s.X)
		w.list(e.loop(s), s.Body.List)
	case *ast.TypeSwitchStmt:
		if s.Init != nil {
			w.stmt(e, s.Init)
		}
		w.stmt(e, s.Assign)
		for i, c := range s.Body.List {
			body := c.(*ast.CaseClause).Body
			w.list(e.in(s, i, w.leaves(body)), body)
		}
	case *ast.SelectStmt:
		for i, c := range s.Body.List {
			cc := c.(*ast.CommClause)
			in := e.in(s, i, w.leaves(cc.Body))
			if cc.Comm != nil {
				w.stmt(in, cc.Comm)
			}
			w.list(in, cc.Body)
		}
	default:
		w.children(e, s)
	}
	return e
}

func (w *walker) ifStmt(e env, s *ast.IfStmt, elif bool) env {
	if s.Init != nil {
		w.stmt(e, s.Init)
	}
	from := len(w.res.Sites)
	c := w.cond(e, s.Cond)
	if b := w.branch(e, s, w.res.Sites[from:]); b != nil {
		b.Elif = elif
		b.Pure = s.Init == nil && w.pure(s.Cond)
		b.Arms = []Arm{{Pos: s.Body.Pos(), End: s.Body.End(), Stmts: s.Body.List, Facts: facts(c.yes)}}
		switch els := s.Else.(type) {
		case *ast.BlockStmt:
			b.Arms = append(b.Arms, Arm{Pos: els.Pos(), End: els.End(), Stmts: els.List, Facts: facts(c.no)})
		case *ast.IfStmt:
			b.Arms = append(b.Arms, Arm{Pos: els.Pos(), End: els.End(), Stmts: []ast.Stmt{els}, Facts: facts(c.no)})
		}
	}
	bodyLeaves := w.leaves(s.Body.List)
	w.list(e.under(c.armYes(), ByBranch).in(s, 0, bodyLeaves), s.Body.List)
	elseLeaves := false
	if s.Else != nil {
		elseLeaves = w.leaves([]ast.Stmt{s.Else})
		in := e.under(c.armNo(), ByBranch).in(s, 1, elseLeaves)
		if els, ok := s.Else.(*ast.IfStmt); ok {
			w.ifStmt(in, els, true)
		} else {
			w.stmt(in, s.Else)
		}
	}
	switch {
	case bodyLeaves && !elseLeaves:
		return e.under(c.no, ByExit)
	case elseLeaves && !bodyLeaves:
		return e.under(c.yes, ByExit)
	}
	return e
}

func (w *walker) forStmt(e env, s *ast.ForStmt) {
	if s.Init != nil {
		w.stmt(e, s.Init)
	}
	in := e.loop(s)
	body := in
	if s.Cond != nil {
		body = in.under(w.cond(in, s.Cond).yes, ByLoop)
	}
	w.list(body, s.Body.List)
	if s.Post != nil {
		w.stmt(body, s.Post)
	}
}

func (w *walker) switchStmt(e env, s *ast.SwitchStmt) {
	if s.Init != nil {
		w.stmt(e, s.Init)
	}
	if s.Tag == nil {
		w.boolSwitch(e, s)
		return
	}
	from := len(w.res.Sites)
	w.expr(e, s.Tag)
	tag, isFlag := w.read(s.Tag)
	isFlag = isFlag && tag.Tells()
	if isFlag {
		if len(w.res.Sites) == from { // a local, which is no evaluation
			w.site(e, ast.Unparen(s.Tag), tag)
		}
		if b := w.branch(e, s, w.res.Sites[from:]); b != nil {
			b.Pure = s.Init == nil && w.pure(s.Tag)
			b.Tag = &tag
		}
	}
	branch := len(w.res.Branches) - 1
	var others []Control
	var def *ast.CaseClause
	for i, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		for _, x := range cc.List {
			w.expr(e, x)
		}
		if !isFlag {
			w.list(e.in(s, i, false), cc.Body)
			continue
		}
		var here []Control
		control := Control{Key: tag.Key, Param: tag.Param, Read: ast.Unparen(s.Tag), Func: e.fn}
		for _, x := range cc.List {
			one := control
			if v := w.info.Types[x].Value; v != nil {
				f := newFact(tag, v, true)
				one.Fact = &f
				no := f.not()
				others = append(others, Control{Key: tag.Key, Param: tag.Param, Read: control.Read, Func: e.fn, Fact: &no})
			}
			here = append(here, one)
		}
		if len(here) > 1 {
			here = []Control{control} // one of several values
		}
		fell := i > 0 && fallsThrough(s.Body.List[i-1].(*ast.CaseClause).Body)
		if fell {
			here = []Control{control}
		}
		if cc.List == nil {
			def = cc
			continue
		}
		w.res.Branches[branch].Arms = append(w.res.Branches[branch].Arms, Arm{
			Pos: cc.Pos(), End: cc.End(), Stmts: cc.Body, Cases: cc.List, Facts: facts(here),
		})
		w.list(e.under(here, ByBranch).in(s, i, w.leavesClause(cc.Body)), cc.Body)
	}
	if def != nil {
		if len(others) == 0 {
			others = []Control{{Key: tag.Key, Param: tag.Param, Read: ast.Unparen(s.Tag), Func: e.fn}}
		}
		w.res.Branches[branch].Arms = append(w.res.Branches[branch].Arms, Arm{
			Pos: def.Pos(), End: def.End(), Stmts: def.Body, Facts: facts(others),
		})
		w.list(e.under(others, ByBranch).in(s, -1, w.leavesClause(def.Body)), def.Body)
	}
}

// boolSwitch walks a switch without a tag, which is a chain of conditions.
func (w *walker) boolSwitch(e env, s *ast.SwitchStmt) {
	rest := e // what holds when no clause so far matched
	var b *Branch
	var def *ast.CaseClause
	for i, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		if cc.List == nil {
			def = cc
			continue
		}
		from := len(w.res.Sites)
		in := rest
		for j, x := range cc.List {
			cond := w.cond(rest, x)
			if len(cc.List) == 1 {
				in = rest.under(cond.armYes(), ByBranch)
			} else if j == 0 {
				in = rest.under(unknown(append(cond.armYes(), cond.armNo()...)), ByBranch)
			}
			rest = rest.under(cond.no, ByBranch)
		}
		if i > 0 && fallsThrough(s.Body.List[i-1].(*ast.CaseClause).Body) {
			in = e
		}
		if nb := w.branch(e, s, w.res.Sites[from:]); nb != nil {
			if b == nil {
				b = nb
			} else {
				b.Keys = append(b.Keys, nb.Keys...)
				w.res.Branches = w.res.Branches[:len(w.res.Branches)-1]
			}
			b.Arms = append(b.Arms, Arm{Pos: cc.Pos(), End: cc.End(), Stmts: cc.Body, Cases: cc.List})
		}
		w.list(in.in(s, i, w.leavesClause(cc.Body)), cc.Body)
	}
	if def != nil {
		w.list(rest.in(s, -1, w.leavesClause(def.Body)), def.Body)
	}
}

// branch records a branch if its condition reads flags at the given sites.
func (w *walker) branch(e env, s ast.Stmt, sites []*Site) *Branch {
	b := &Branch{Stmt: s, Func: e.fn}
	for _, site := range sites {
		if site.Func == e.fn && !slices.Contains(b.Keys, site.Value.Key) {
			b.Keys = append(b.Keys, site.Value.Key)
		}
	}
	if len(b.Keys) == 0 {
		return nil
	}
	w.res.Branches = append(w.res.Branches, b)
	return b
}

// children walks the statements and expressions below a node.
func (w *walker) children(e env, n ast.Node) {
	ast.Inspect(n, func(c ast.Node) bool {
		if c == n || c == nil {
			return true
		}
		switch c := c.(type) {
		case ast.Stmt:
			w.stmt(e, c)
			return false
		case ast.Expr:
			w.expr(e, c)
			return false
		}
		return true
	})
}

// expr walks an expression that is no condition.
func (w *walker) expr(e env, x ast.Expr) {
	switch x := x.(type) {
	case *ast.FuncLit:
		w.funcLit(e, x)
		return
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			w.cond(e, x)
			return
		}
	case *ast.ParenExpr:
		w.expr(e, x.X)
		return
	case *ast.CallExpr:
		w.call(e, x)
		return
	}
	w.evaluation(e, x)
	w.children(e, x)
}

// evaluation records the site of a reference that stands at x.
func (w *walker) evaluation(e env, x ast.Expr) {
	if refs := w.refs[x]; refs != nil {
		for _, ref := range refs {
			w.site(e, x, w.valueOf(x, ref)).Ref = ref
		}
	} else if v, ok := w.values[x]; ok && v.Tells() && v.Role == "" {
		if _, isCall := x.(*ast.CallExpr); isCall { // a predicate: it evaluates
			w.site(e, x, v)
		}
	}
}

// valueOf is what a reference yields where the table of values does not say.
func (w *walker) valueOf(x ast.Expr, ref *flagref.Reference) flagref.FlagValue {
	if v, ok := w.values[x]; ok && v.Key == ref.Key && v.Param == ref.Param {
		return v
	}
	return flagref.FlagValue{Key: ref.Key, Param: ref.Param, Role: "other"}
}

func (w *walker) funcLit(e env, lit *ast.FuncLit) {
	targets := w.targets
	w.targets = gotoTargets(lit.Body)
	e.fn, e.loops, e.arms = lit, nil, nil
	w.list(e, lit.Body.List)
	w.targets = targets
}

func (w *walker) call(e env, x *ast.CallExpr) {
	w.evaluation(e, x)
	if fn, ok := typeutil.Callee(w.info, x).(*types.Func); ok && fn.Pkg() == w.pass.Pkg {
		w.calls[fn.Origin()] = append(w.calls[fn.Origin()], callSite{call: x, env: e})
	}
	w.expr(e, x.Fun)
	for i, arg := range x.Args {
		in := e
		for _, ref := range w.refs[x] {
			if ref.Shape.Callback != i {
				continue
			}
			f := Fact{Key: ref.Key, Param: ref.Param, Value: boolConst(ref.Shape.CallbackWhen), Equal: true}
			in = in.under([]Control{{Key: ref.Key, Param: ref.Param, Fact: &f, Read: x, Func: e.fn}}, ByCallback)
		}
		w.expr(in, arg)
	}
}

func (w *walker) site(e env, x ast.Expr, v flagref.FlagValue) *Site {
	s := &Site{
		Expr: x, Value: v, Controls: e.controls, Func: e.fn, Decl: e.decl,
		Loops: e.loops, arms: e.arms,
	}
	w.res.Sites = append(w.res.Sites, s)
	return s
}
