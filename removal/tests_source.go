package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"
)

// source tells where a value that a test sets comes from.
type source struct {
	c constant.Value
	// obj is the column, the loop's variable or the parameter that gives it.
	obj     *types.Var
	negated bool
	// chosen: obj decides between two constants, for false and for true.
	chosen *[2]constant.Value
	deref  bool           // it is read through a pointer
	loop   *ast.RangeStmt // of a loop's variable
	param  ast.Node       // of a parameter: the function
	// restore: it is what the flag was before.
	restore bool
}

// given is the value where the column, the loop's variable or the parameter is c,
// nil where that is not known.
func (s source) given(c constant.Value) constant.Value {
	isBool := c != nil && c.Kind() == constant.Bool
	switch {
	case s.chosen != nil && isBool && constant.BoolVal(c):
		return s.chosen[1]
	case s.chosen != nil && isBool:
		return s.chosen[0]
	case s.chosen != nil:
		return nil
	case s.negated && isBool:
		return opposite(c)
	}
	return c
}

// opposite negates a constant, where it is a bool.
func opposite(c constant.Value) constant.Value {
	if c == nil || c.Kind() != constant.Bool {
		return c
	}
	return constant.MakeBool(!constant.BoolVal(c))
}

// choose makes a value that is one of two constants out of what decides which.
func (s source) choose(off, on constant.Value) source {
	if s.obj == nil || s.chosen != nil || s.deref || off == nil || on == nil {
		return source{}
	}
	if s.negated {
		off, on = on, off
	}
	s.negated, s.chosen = false, &[2]constant.Value{off, on}
	return s
}

// keptGiven is the value of what a site's value comes from with which it sets the
// state that stays; nil where there is none, or more than one.
func (p *testPlan) keptGiven(s *site, src source) constant.Value {
	var candidates []constant.Value
	switch b, ok := under(src.obj.Type()).(*types.Basic); {
	case ok && b.Info()&types.IsBoolean != 0:
		candidates = []constant.Value{constant.MakeBool(false), constant.MakeBool(true)}
	case s.variants != nil:
		for name := range s.variants {
			candidates = append(candidates, constant.MakeString(name))
		}
	case !src.negated && src.chosen == nil:
		return goConstant(p.e.targets[s.key])
	}
	var kept constant.Value
	for _, c := range candidates {
		if p.stateOf(s.key, s.meaning(src.given(c))) == stateKept {
			if kept != nil {
				return nil
			}
			kept = c
		}
	}
	return kept
}

// source finds where the value of x comes from, through locals written once,
// negations, pointers, and the functions that turn a bool into text.
func (p *testPlan) source(x ast.Expr) source { return p.sourceOf(x, 0) }

func (p *testPlan) sourceOf(x ast.Expr, depth int) source {
	e := p.e
	if x == nil || depth > 8 {
		return source{}
	}
	if c := e.constantOf(x); c != nil {
		return source{c: c}
	}
	if e.seeds[x] != nil || e.isFlagRead(x) || p.isHeld(x) {
		return source{restore: true}
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return p.sourceOf(x.X, depth)
	case *ast.UnaryExpr:
		s := p.sourceOf(x.X, depth+1)
		if x.Op == token.NOT {
			if s.chosen != nil {
				s.chosen = &[2]constant.Value{opposite(s.chosen[0]), opposite(s.chosen[1])}
			} else {
				s.negated = !s.negated
			}
			s.c = opposite(s.c)
			return s
		}
		return source{}
	case *ast.StarExpr:
		s := p.sourceOf(x.X, depth+1)
		s.deref = true
		return s
	case *ast.SelectorExpr:
		if v, ok := e.x.objectAt(x.Sel).(*types.Var); ok && v.IsField() && p.isTestObject(v) {
			return source{obj: v.Origin()}
		}
	case *ast.CallExpr:
		return p.sourceOfCall(x, depth)
	case *ast.IndexExpr:
		return p.sourceOfIndex(x, depth)
	case *ast.Ident:
		return p.sourceOfVar(x, depth)
	}
	return source{}
}

// textFuncs turn their last argument into text, which an environment variable takes.
var textFuncs = map[string]bool{
	"strconv.FormatBool": true, "strconv.Itoa": true, "fmt.Sprint": true, "fmt.Sprintf": true,
}

func (p *testPlan) sourceOfCall(x *ast.CallExpr, depth int) source {
	e := p.e
	if len(x.Args) == 1 && e.isConversion(x) {
		return p.sourceOf(x.Args[0], depth+1)
	}
	fn := e.x.callee(x)
	if fn == nil || len(x.Args) == 0 {
		return source{}
	}
	if textFuncs[fn.FullName()] && len(x.Args) <= 2 {
		return p.sourceOf(x.Args[len(x.Args)-1], depth+1)
	}
	if s := p.sourceOfChooser(x, fn, depth); s.obj != nil || s.c != nil {
		return s
	}
	if len(x.Args) == 1 && fn.Signature().Results().Len() == 1 {
		// ptr.To(v): a helper that gives the address of its argument
		if pt, ok := fn.Signature().Results().At(0).Type().Underlying().(*types.Pointer); ok {
			if _, basic := pt.Elem().Underlying().(*types.Basic); basic || fn.Signature().TypeParams().Len() > 0 {
				s := p.sourceOf(x.Args[0], depth+1)
				s.deref = true
				return s
			}
		}
	}
	return source{}
}

func (p *testPlan) sourceOfVar(x *ast.Ident, depth int) source {
	e := p.e
	v, ok := e.x.objectAt(x).(*types.Var)
	if !ok {
		return source{}
	}
	decl := e.identAt(v.Pos())
	if decl == nil {
		return source{}
	}
	for _, id := range e.x.usesOf(idOf(v)) {
		if !e.x.isRead(id) {
			return p.sourceOfChoice(v, decl, depth)
		}
		if e.addressTaken(id) {
			return source{}
		}
	}
	switch d := e.x.parent(decl).(type) {
	case *ast.RangeStmt:
		return source{obj: v, loop: d}
	case *ast.AssignStmt:
		if len(d.Lhs) == len(d.Rhs) {
			for i, l := range d.Lhs {
				if l == ast.Expr(decl) {
					return p.sourceOf(d.Rhs[i], depth+1)
				}
			}
		}
		if len(d.Rhs) == 1 && e.seeds[ast.Unparen(d.Rhs[0])] != nil {
			return source{restore: true}
		}
	case *ast.ValueSpec:
		if len(d.Names) == len(d.Values) {
			for i, n := range d.Names {
				if n == decl {
					return p.sourceOf(d.Values[i], depth+1)
				}
			}
		}
	case *ast.Field:
		for n := e.x.parent(d); n != nil; n = e.x.parent(n) {
			switch n := n.(type) {
			case *ast.FuncDecl:
				return source{obj: v, param: n}
			case *ast.FuncLit:
				return source{obj: v, param: n}
			}
		}
	}
	return source{}
}

// isTestObject reports whether an object is declared in a test.
func (p *testPlan) isTestObject(o types.Object) bool {
	f := p.e.x.fileAt(idOf(o))
	return f != nil && f.test
}

// isFlagRead reports whether an expression is a variable or field that is the
// flag, or a call that gives the state of all flags, to be restored later.
func (e *engine) isFlagRead(x ast.Expr) bool {
	id := nameOf(x)
	if id == nil {
		return false
	}
	o := e.x.objectAt(id)
	if o == nil {
		return false
	}
	for _, r := range e.refs {
		if _, isVar := r.KeyObject.(*types.Var); isVar && idOf(r.KeyObject) == idOf(o) {
			return true
		}
	}
	return false
}

// identAt returns the identifier that stands at a position of the program.
func (e *engine) identAt(pos token.Pos) *ast.Ident {
	f := e.x.fileAt(pos)
	if f == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(f.ast, pos, pos)
	for _, n := range path {
		if id, ok := n.(*ast.Ident); ok && id.Pos() == pos {
			return id
		}
	}
	return nil
}

// nodesAt returns the call at a position as facts carry it.
func (e *engine) callAt(file string, line, column int) *ast.CallExpr {
	for _, f := range e.x.files {
		if f.name != file || line > f.tok.LineCount() {
			continue
		}
		pos := f.tok.LineStart(line) + token.Pos(column-1)
		path, _ := astutil.PathEnclosingInterval(f.ast, pos, pos)
		for _, n := range path {
			if c, ok := n.(*ast.CallExpr); ok {
				return c
			}
		}
	}
	return nil
}
