package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flaghygiene/flaglint/internal/flagflow"
)

// flagInLoop finds evaluations inside a loop over data that ask the same question
// in every round: neither the key nor the subject comes from the loop. Each round
// pays for the evaluation, and if the flag is switched midway, some items are
// treated one way and some the other. Evaluate before the loop.
//
// Loops that wait (sleep, select, receive) and loops without an end are meant to
// notice a toggle, and are left alone. So are evaluations in a branch that ends the
// loop: they happen once.
var flagInLoop = Rule{
	Name:     "flag-in-loop",
	Title:    "a flag is evaluated in every round of a loop over data",
	Severity: SeverityInfo,
	uses:     usesFlow,
	check:    checkFlagInLoop,
}

func checkFlagInLoop(p *pass) {
	for _, site := range p.flow.Sites {
		if !p.live(site) || len(site.Loops) == 0 {
			continue
		}
		loop := site.Loops[len(site.Loops)-1]
		if !overData(p.TypesInfo, loop) || p.outsideBody(loop, site.Expr) || p.lastRound(loop, site.Expr) || p.varies(site, loop) {
			continue
		}
		p.report(found{
			node: site.Expr, flag: site.Value.Key,
			message: fmt.Sprintf("flag %q is evaluated in every round of the loop on line %d, with the same answer: evaluate it before",
				site.Value.Key, p.Fset.Position(loop.Pos()).Line),
		})
	}
}

// outsideBody reports whether an expression is in a loop's head.
func (p *pass) outsideBody(loop ast.Stmt, x ast.Expr) bool {
	switch l := loop.(type) {
	case *ast.ForStmt:
		return x.Pos() < l.Body.Pos()
	case *ast.RangeStmt:
		return x.Pos() < l.Body.Pos()
	}
	return true
}

// lastRound reports whether an expression stands in a block within the loop that
// always leaves it, so that it is reached once.
func (p *pass) lastRound(loop ast.Stmt, x ast.Expr) bool {
	file := p.file(x.Pos())
	if file == nil {
		return false
	}
	path, _ := astutil.PathEnclosingInterval(file, x.Pos(), x.End())
	within := ast.Node(x)
	for _, n := range path {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.FuncLit:
			return false
		}
		if i := slices.IndexFunc(list, func(s ast.Stmt) bool { return s.Pos() <= within.Pos() && within.End() <= s.End() }); i >= 0 && leaves(list[i:], loop) {
			return true
		}
		if n == loop {
			return false
		}
		within = n
	}
	return false
}

// leaves reports whether code ends with a statement that leaves the loop, and no
// statement in it goes on to the next round.
func leaves(list []ast.Stmt, loop ast.Stmt) bool {
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
	case *ast.BranchStmt:
		if s.Tok != token.BREAK || s.Label != nil || !breaks(loop, s) {
			return false
		}
	default:
		return false
	}
	on := false
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok != token.BREAK {
				on = true
			}
			return !on
		})
	}
	return !on
}

// breaks reports whether a break without a label is one of the loop itself, not
// of a switch, a select or another loop in it.
func breaks(loop ast.Stmt, s *ast.BranchStmt) bool {
	own := true
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if n != loop && n.Pos() <= s.Pos() && s.End() <= n.End() {
				own = false
			}
		}
		return own
	})
	return own
}

// varies reports whether what an evaluation asks may differ from round to round:
// it depends on a variable that the loop declares or writes, or on a call whose
// result is not known to stay the same.
func (p *pass) varies(site *flagflow.Site, loop ast.Stmt) bool {
	return !flagflow.Same(p.TypesInfo, p.evaluationNodes(), site.Decl, site.Expr, site.Expr) || p.dependsOn(site.Expr, loop)
}

func (p *pass) dependsOn(x ast.Expr, loop ast.Stmt) bool {
	written := map[types.Object]bool{}
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				written[p.rootObject(l)] = true
			}
		case *ast.IncDecStmt:
			written[p.rootObject(n.X)] = true
		case *ast.CallExpr:
			// A method, or a function that gets a pointer, may change its subject.
			if n == x {
				return true
			}
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && p.TypesInfo.Selections[sel] != nil {
				if obj := p.rootObject(sel.X); obj != nil && p.subject(x, obj) {
					written[obj] = true
				}
			}
			for _, arg := range n.Args {
				if obj := p.rootObject(arg); obj != nil && p.subject(x, obj) && pointerLike(obj.Type()) {
					written[obj] = true
				}
			}
		}
		return true
	})
	depends := false
	ast.Inspect(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj := p.TypesInfo.ObjectOf(id)
			depends = depends || obj != nil && (written[obj] || loop.Pos() <= obj.Pos() && obj.Pos() < loop.End())
		}
		return !depends
	})
	return depends
}

// subject reports whether an object is named in the arguments of the evaluation,
// rather than as the client that is asked.
func (p *pass) subject(x ast.Expr, obj types.Object) bool {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return false
	}
	in := false
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && p.TypesInfo.ObjectOf(id) == obj {
				in = in || !isContext(obj.Type())
			}
			return true
		})
	}
	return in
}

func pointerLike(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Slice, *types.Interface:
		return true
	}
	return false
}

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// rootObject is the variable at the bottom of a chain of selectors and indexes.
func (p *pass) rootObject(x ast.Expr) types.Object {
	for {
		switch n := ast.Unparen(x).(type) {
		case *ast.Ident:
			return p.TypesInfo.ObjectOf(n)
		case *ast.SelectorExpr:
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
