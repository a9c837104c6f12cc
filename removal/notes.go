package removal

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// tellNotes lists, when the rounds are over, what a person should look at though
// nothing is left to remove by rule.
func (e *engine) tellNotes() {
	e.tellData()
	e.tellConstantResults()
	e.tellInjected()
	e.tellDynamic()
	e.tellFallbacks()
	slices.SortFunc(e.notes, byPosition)
	e.notes = slices.Compact(e.notes)
}

// note records something for a person to look at.
func (e *engine) note(flag string, at token.Pos, reason, message string) {
	e.notes = append(e.notes, Residue{Flag: flag, Pos: e.x.position(at), Reason: reason, Message: message})
}

// tellData notes where a literal took the flag's place as data (FlagAsData): an
// argument, an element, what is sent, or assigned to an element or a field.
// Tests are left out.
func (e *engine) tellData() {
	for n, d := range e.dec {
		switch n := n.(type) {
		case ast.Expr:
			if d.op == opLit && d.val != nil && e.isData(n) && !e.x.fileAt(n.Pos()).test && e.liveAround(n) {
				e.noteData(d.val, n.Pos())
			}
		case *ast.AssignStmt: // s.Fast, err = evaluation()
			if d.op != opTuple || e.x.fileAt(n.Pos()).test || !e.live(n) {
				continue
			}
			for i, l := range n.Lhs {
				if _, ident := ast.Unparen(l).(*ast.Ident); !ident && d.lhs[i] == lhsKeep && i < len(d.vals) && d.vals[i].given() {
					e.noteData(d.vals[i], l.Pos())
				}
			}
		}
	}
}

func (e *engine) noteData(v *value, at token.Pos) {
	text := "nil"
	switch {
	case v.c != nil:
		text = v.c.ExactString()
	case v.json != nil:
		text = jsonGo(v.json.v)
	}
	e.note(e.keyOf(v), at, "flag-as-data", "the flag's value was handed on as data: "+text+" stands in its place; see whether what receives it still needs it")
}

// tellConditions tells of literals of the flag's value that are left in conditions: what
// the flag decides there could not be folded, because something that stands beside
// it has an effect, or because of a fallthrough.
func (e *engine) tellConditions() {
	for n, d := range e.dec {
		x, ok := n.(ast.Expr)
		if !ok || d.op != opLit || d.val == nil || d.val.c == nil || d.val.c.Kind() != constant.Bool || !e.isCondition(x) || e.x.fileAt(x.Pos()).test || !e.liveAround(x) {
			continue
		}
		e.tell(Residue{Flag: e.keyOf(d.val), Pos: e.x.position(x.Pos()), Reason: "operand-effects", Message: "the flag's value, " + d.val.c.ExactString() +
			", is left in a condition, for something beside it has an effect that must stay, or a case falls through to its own: simplify it by hand"})
	}
}

// isCondition reports whether an expression is a condition, a case, or an operand of
// && and ||.
func (e *engine) isCondition(x ast.Expr) bool {
	child, p := e.x.place(x)
	switch p := p.(type) {
	case *ast.BinaryExpr:
		return p.Op == token.LAND || p.Op == token.LOR
	case *ast.IfStmt:
		return p.Cond == child
	case *ast.ForStmt:
		return p.Cond == child
	case *ast.SwitchStmt:
		return p.Tag == child
	case *ast.CaseClause:
		return slices.Contains(p.List, child)
	}
	return false
}

// liveAround reports whether the place of a replaced expression survives.
func (e *engine) liveAround(x ast.Expr) bool {
	p := e.x.parent(x)
	d := e.dec[p]
	return e.live(p) && (d == nil || d.retains(p, x))
}

// isData reports whether the place of an expression hands a value on.
func (e *engine) isData(x ast.Expr) bool {
	child, p := e.x.place(x)
	switch p := p.(type) {
	case *ast.CallExpr:
		return ast.Node(p.Fun) != child && !e.isConversion(p) && e.seeds[p] == nil
	case *ast.KeyValueExpr:
		return ast.Node(p.Value) == child
	case *ast.CompositeLit:
		return true
	case *ast.SendStmt:
		return ast.Node(p.Value) == child
	case *ast.AssignStmt:
		i := slices.IndexFunc(p.Rhs, func(r ast.Expr) bool { return ast.Node(r) == child })
		if i < 0 || i >= len(p.Lhs) {
			return false
		}
		_, ident := ast.Unparen(p.Lhs[i]).(*ast.Ident)
		return !ident
	}
	return false
}

// keyOf is the flag that made a value: the one whose evaluation it is, or the
// only target.
func (e *engine) keyOf(v *value) string {
	if v != nil && v.key != "" {
		return v.key
	}
	if len(e.targets) == 1 {
		for k := range e.targets {
			return k
		}
	}
	return ""
}

// tellConstantResults notes functions that stay though their result is now
// always the same (ConstantResult).
func (e *engine) tellConstantResults() {
	for oid, vals := range e.fnConst {
		fd, ok := e.x.decl(oid).(*ast.FuncDecl)
		if !ok || !e.live(fd) || e.x.fileAt(oid).test {
			continue
		}
		var parts []string
		var of *value
		for i, v := range vals {
			if v == nil || e.results[oid][i] {
				continue
			}
			of = v
			text := "nil"
			if v.c != nil {
				text = v.c.ExactString()
			}
			parts = append(parts, text)
		}
		if of == nil {
			continue
		}
		e.note(e.keyOf(of), oid, "constant-result", fd.Name.Name+" now always returns "+strings.Join(parts, ", ")+": "+e.whyStays(fd))
	}
}

// tellInjected notes functions that keep parameters which nothing reads any more, since they are given to
// what takes any value, such as a container that injects by type.
func (e *engine) tellInjected() {
	if e.opts.Unsafe || e.opts.Local {
		return
	}
	for d := range e.reached {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || !e.live(fd) || e.x.fileAt(fd.Pos()).test || !slices.ContainsFunc(e.x.usesOf(fd.Name.Pos()), func(id *ast.Ident) bool {
			return e.live(id) && e.callOf(id) == nil && e.givenAsAny(id)
		}) {
			continue
		}
		var names []string
		for _, f := range fd.Type.Params.List {
			for _, id := range f.Names {
				if len(e.x.usesOf(id.Pos())) > 0 && len(e.liveUses(id.Pos())) == 0 {
					names = append(names, id.Name)
				}
			}
		}
		if len(names) > 0 {
			e.note(e.keyOf(nil), fd.Name.Pos(), "unread-parameter", fd.Name.Name+" reads "+strings.Join(names, ", ")+
				" no more, and is given to what takes any value: see whether it still has to take them (with --unsafe it does not)")
		}
	}
}

func (e *engine) whyStays(fd *ast.FuncDecl) string {
	fn, _ := e.x.objs[fd.Name.Pos()].(*types.Func)
	u := e.graph.unitOf(fd.Name.Pos())
	switch {
	case fn != nil && e.dynamic(fn):
		return "it may be called through an interface; see whether the method is still needed"
	case e.foreign[fd.Name.Pos()]:
		return "another module of this repository may use it; where that asks for the flag by it, remove the flag there first"
	case u != nil && ast.IsExported(fd.Name.Name) && !e.graph.internal(u):
		return "it is exported; see whether other modules still need it (with --unsafe it goes)"
	}
	return "see whether the result is still needed"
}

// tellFallbacks notes the wrappers that answer without asking for the flag on some
// path, once each: what they answered there is what the flag gives everywhere now.
func (e *engine) tellFallbacks() {
	told := map[objID]bool{}
	for _, r := range e.refs {
		call, ok := r.Node.(*ast.CallExpr)
		if !ok || !r.Shape.Fallback || r.Shape.Exact || e.refused[call] || e.x.fileAt(call.Pos()).test {
			continue
		}
		fn := e.x.callee(call)
		if fn == nil || told[idOf(fn)] {
			continue
		}
		told[idOf(fn)] = true
		e.note(r.Key, call.Pos(), "fallback", fn.Name()+" answers by itself on some path (no client, a variable of the environment): the flag's value stands for that too; see whether anything still relies on it")
	}
}

// tellDynamic notes evaluations by a provider of the flags whose key is not known
// at build time, the first of each file: one of them may ask for the flag.
func (e *engine) tellDynamic() {
	providers := map[string]string{}
	for _, r := range e.refs {
		if r.Kind == flagref.Evaluation {
			providers[r.Provider] = r.Key
		}
	}
	found := map[*file]map[token.Pos]string{}
	for _, pkg := range e.x.prog.Packages {
		if pkg.Refs == nil {
			continue
		}
		for _, r := range pkg.Refs.References {
			if r.Kind == flagref.Evaluation && r.Key == "" && providers[r.Provider] != "" && e.live(r.Node) && !r.Test {
				f := e.x.fileAt(r.Node.Pos())
				if found[f] == nil {
					found[f] = map[token.Pos]string{}
				}
				found[f][r.Node.Pos()] = r.Dynamic
			}
		}
	}
	for _, at := range found {
		first, more := slices.Min(slices.Collect(maps.Keys(at))), ""
		if n := len(at) - 1; n > 0 {
			more = fmt.Sprintf(", and of %d more in this file,", n)
		}
		e.note("", first, "dynamic-key", "the key of this evaluation"+more+" is not known here ("+at[first]+"): see whether it can be a flag that was removed")
	}
}

// tellStartUp tells of variables that nothing uses any more, and that stay for what
// giving them their values may do.
func (e *engine) tellStartUp() {
	g := e.graph
	for _, u := range g.units {
		s, ok := u.node.(*ast.ValueSpec)
		if !ok || u.blank || u.file.test || !u.file.editable() || g.idle[u] || !g.before[u] || !e.live(s) || !e.hadUse(u) || e.used(u) || e.declared(u) {
			continue
		}
		if slices.ContainsFunc(u.objs, func(o objID) bool { return e.pinned[o] || e.dead[o] }) || g.specDirective(s) ||
			slices.ContainsFunc(s.Names, func(id *ast.Ident) bool { return ast.IsExported(id.Name) }) && g.public(u) {
			continue
		}
		for _, o := range u.objs {
			e.supposed[o] = true
		}
		name := e.x.objs[u.objs[0]].Name()
		e.tell(Residue{Pos: e.x.position(s.Pos()), Reason: "start-up", Message: "nothing uses " + name + " any more, but what gives it its value may do something at start-up: delete it by hand where that does not matter"})
	}
}

// used reports whether anything outside of a declaration names what it declares, in
// the result.
func (e *engine) used(u *unit) bool {
	return slices.ContainsFunc(u.objs, func(o objID) bool {
		return slices.ContainsFunc(e.x.uses[o], func(id *ast.Ident) bool {
			return (id.Pos() < u.node.Pos() || u.node.End() <= id.Pos()) && e.live(id)
		})
	})
}
