package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// fieldUse is one place where a struct field is named.
type fieldUse struct {
	id *ast.Ident // nil in a literal that gives fields by their place
	// write is the syntax that writes the field: a key-value pair of a literal,
	// or an assignment; nil for a read.
	write ast.Node
	value ast.Expr // what is written
	test  bool
}

// fieldUses classifies the live uses of a field. It refuses (false) where a use
// is neither a plain read nor a plain write: its address is taken, it is
// assigned as one of several, it is changed in place.
func (e *engine) fieldUses(oid objID) ([]fieldUse, bool) {
	var out []fieldUse
	for _, id := range e.x.usesOf(oid) {
		if !e.live(id) {
			continue
		}
		u, ok := e.fieldUse(id)
		if !ok {
			return nil, false
		}
		out = append(out, u)
	}
	for _, x := range e.placed(oid) {
		if !e.live(e.x.parent(x)) { // itself may be a literal now
			continue
		}
		f := e.x.fileAt(x.Pos())
		if !f.editable() {
			return nil, false
		}
		out = append(out, fieldUse{write: x, value: x, test: f.test})
	}
	return out, true
}

// fieldUse classifies a use of a field, as fieldUses does.
func (e *engine) fieldUse(id *ast.Ident) (fieldUse, bool) {
	f := e.x.fileAt(id.Pos())
	u := fieldUse{id: id, test: f.test}
	switch p := e.x.parent(id).(type) {
	case *ast.KeyValueExpr:
		if p.Key == ast.Expr(id) {
			u.write, u.value = p, p.Value
		}
	case *ast.SelectorExpr:
		x, q := e.x.place(p)
		switch q := q.(type) {
		case *ast.AssignStmt:
			if i := slices.Index(q.Lhs, x); i >= 0 {
				if q.Tok != token.ASSIGN || len(q.Lhs) != len(q.Rhs) || len(q.Lhs) > 1 {
					return u, false
				}
				u.write, u.value = q, q.Rhs[i]
			}
		case *ast.IncDecStmt:
			return u, false
		case *ast.UnaryExpr:
			if q.Op == token.AND {
				return u, false
			}
		case *ast.RangeStmt:
			if q.X != x {
				return u, false
			}
		case *ast.SelectorExpr:
			if call, store := e.atomicCall(id); store {
				u.write, u.value = call, call.Args[0]
			} else if call != nil {
				break
			} else if m, ok := e.x.objectAt(q.Sel).(*types.Func); ok && ptrMethodOnValue(m, e.x.typeOf(p)) {
				return u, false
			}
		}
	}
	return u, u.write == nil || f.editable()
}

// filledBy are the live places where a field that is a flag is written by something that
// cannot just go with it: its address is given to a parser, a call gives it and another
// one, what is written has effects.
func (e *engine) filledBy(oid objID) []*ast.Ident {
	var out []*ast.Ident
	for _, id := range e.x.usesOf(oid) {
		if !e.live(id) {
			continue
		}
		if u, ok := e.fieldUse(id); !ok || u.write != nil && len(e.effectsOf(u.value)) > 0 {
			out = append(out, id)
		}
	}
	return out
}

// placed returns what literals that name no fields give a field by its place.
func (e *engine) placed(oid objID) []ast.Expr {
	spec, ok := enclosing[*ast.TypeSpec](e.x, e.x.decl(oid))
	if !ok {
		return nil
	}
	var out []ast.Expr
	for _, lit := range e.literalsOf(spec.Name.Pos()) {
		for i, v := range e.placesOf(lit) {
			if idOf(v) == oid {
				out = append(out, lit.Elts[i])
			}
		}
	}
	return out
}

// placesOf returns the fields that a literal gives by their place; nil where it
// names them, or is none of a struct.
func (e *engine) placesOf(lit *ast.CompositeLit) []*types.Var {
	if len(lit.Elts) == 0 {
		return nil
	}
	if _, ok := lit.Elts[0].(*ast.KeyValueExpr); ok {
		return nil
	}
	t := under(e.x.typeOf(lit))
	if p, ok := t.(*types.Pointer); ok { // an elided &T
		t = under(p.Elem())
	}
	st, ok := t.(*types.Struct)
	if !ok {
		return nil
	}
	var out []*types.Var
	for i := range min(st.NumFields(), len(lit.Elts)) {
		out = append(out, st.Field(i))
	}
	return out
}

// learnFields finds struct fields that hold the flag's value whenever they are
// read, and fields whose last read the removal took.
func (e *engine) learnFields() bool {
	changed := false
	for _, oid := range e.fieldCandidates() {
		if e.dead[oid] || e.pinned[oid] || !e.fieldIsOurs(oid) {
			continue
		}
		uses, ok := e.fieldUses(oid)
		if !ok {
			continue
		}
		if e.objConst[oid] == nil {
			v := e.fieldValue(oid, uses)
			if v == nil {
				v = e.optionValue(oid, uses)
			}
			if v != nil {
				e.objConst[oid] = v
				e.reachUses(oid)
				changed = true
				continue
			}
		}
		rest, asserts, kept := e.testReads(oid, uses)
		if !e.fieldUnread(oid, rest) || e.fieldSeen(oid) {
			continue
		}
		if kept != nil {
			e.supposed[oid] = true
			e.tell(Residue{
				Pos: e.x.position(kept.Pos()), Reason: "test-only",
				Message: "only this test still reads " + kept.Name + ": delete the field with what tests it",
			})
			continue
		}
		for _, a := range asserts {
			e.deadUnits[a] = true
			e.reach(a)
		}
		e.dead[oid] = true
		e.reachUses(oid)
		e.reach(e.x.decl(oid))
		changed = true
	}
	return changed
}

// fieldCandidates are the fields that the declarations in reach name.
func (e *engine) fieldCandidates() []objID { return e.namedInReach((*types.Var).IsField) }

// namedInReach are the variables and fields of the program of one kind that the
// declarations in reach, and those that go, name.
func (e *engine) namedInReach(kind func(*types.Var) bool) []objID {
	seen := map[objID]bool{}
	add := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				for _, v := range e.placesOf(lit) {
					if e.x.decl(idOf(v)) != nil && kind(v) {
						seen[idOf(v)] = true
					}
				}
			}
			if id, ok := n.(*ast.Ident); ok {
				for _, o := range e.x.objectsAt(id) {
					if v, ok := o.(*types.Var); ok && e.x.decl(idOf(v)) != nil && kind(v) {
						seen[idOf(v)] = true
					}
				}
			}
			return true
		})
	}
	for d := range e.reached {
		add(d)
	}
	for oid := range e.dead {
		if u := e.graph.unitOf(oid); u != nil {
			add(u.node)
		}
	}
	out := make([]objID, 0, len(seen))
	for oid := range seen {
		out = append(out, oid)
	}
	slices.Sort(out)
	return out
}

// fieldIsOurs reports whether a field can only be written by code of the program
// that names it: it is not visible to other modules, has no tag that a codec
// reads, and is not embedded.
func (e *engine) fieldIsOurs(oid objID) bool {
	f, ok := e.x.decl(oid).(*ast.Field)
	if !ok || f.Tag != nil || len(f.Names) == 0 {
		return false
	}
	fi := e.x.fileAt(oid)
	if !fi.editable() {
		return false
	}
	v, ok := e.x.objs[oid].(*types.Var)
	if !ok {
		return false
	}
	spec, ok := enclosing[*ast.TypeSpec](e.x, f)
	if !ok {
		return false
	}
	// A type that a function declares is no unit.
	if u := e.graph.unitOf(spec.Name.Pos()); u != nil &&
		ast.IsExported(v.Name()) && ast.IsExported(spec.Name.Name) && !e.graph.internal(u) && !e.opts.Unsafe {
		return false
	}
	if ast.IsExported(v.Name()) && e.decoded(spec.Name.Pos()) {
		return false
	}
	return !e.converted(spec.Name.Pos(), v)
}

// converted reports whether another type has the field of a struct type, or a value
// of another one is converted to it: what stands in the field then was given to it
// elsewhere. A type of another package, type Context runtime.Runtime, has unexported
// fields that nothing can name by it.
func (e *engine) converted(typ objID, v *types.Var) bool {
	return slices.ContainsFunc(e.x.usesOf(typ), func(id *ast.Ident) bool {
		child := ast.Node(id)
		for p := e.x.parent(id); p != nil; child, p = p, e.x.parent(p) {
			switch q := p.(type) {
			case *ast.ParenExpr, *ast.StarExpr, *ast.SelectorExpr:
			case *ast.TypeSpec:
				return q.Type == child && !q.Assign.IsValid() && (v.Exported() || e.x.fileAt(id.Pos()).views[0].Path == v.Pkg().Path())
			case *ast.CallExpr:
				if q.Fun != child || !e.isConversion(q) || len(q.Args) != 1 {
					return false
				}
				from := e.x.typeOf(q.Args[0])
				if ptr, ok := under(from).(*types.Pointer); ok {
					from = ptr.Elem()
				}
				named, ok := types.Unalias(from).(*types.Named)
				if b, isNil := under(from).(*types.Basic); isNil && b.Kind() == types.UntypedNil {
					return false
				}
				if !ok {
					return true
				}
				o := named.Origin().Obj()
				return idOf(o) != typ && (v.Exported() || o.Pkg() != nil && o.Pkg().Path() == v.Pkg().Path())
			default:
				return false
			}
		}
		return false
	})
}

// literalsOf returns the composite literals of a struct type.
func (e *engine) literalsOf(typ objID) []*ast.CompositeLit {
	if l, ok := e.lits[typ]; ok {
		return l
	}
	if e.lits == nil {
		e.lits = map[objID][]*ast.CompositeLit{}
		for _, f := range e.x.files {
			info := f.views[0].Info
			ast.Inspect(f.ast, func(n ast.Node) bool {
				lit, ok := n.(*ast.CompositeLit)
				if !ok {
					return true
				}
				t := info.TypeOf(lit)
				if p, ok := under(t).(*types.Pointer); ok { // an elided &T
					t = p.Elem()
				}
				if named, ok := types.Unalias(t).(*types.Named); ok {
					oid := idOf(named.Origin().Obj())
					e.lits[oid] = append(e.lits[oid], lit)
				}
				return true
			})
		}
	}
	return e.lits[typ]
}

// decoded reports whether a value of the type may be filled by a decoder or by
// reflection: production code passes a pointer to it where any value goes, and not
// only to be printed.
func (e *engine) decoded(typ objID) bool {
	if e.escapes == nil {
		e.escapes = map[objID]bool{}
		for _, f := range e.x.files {
			if f.test {
				continue
			}
			info := f.views[0].Info
			ast.Inspect(f.ast, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || e.prints(call) {
					return true
				}
				sig, ok := under(info.TypeOf(call.Fun)).(*types.Signature)
				if !ok {
					return true
				}
				for i, a := range call.Args {
					var pt types.Type
					switch np := sig.Params().Len(); {
					case sig.Variadic() && i >= np-1:
						if s, ok := sig.Params().At(np - 1).Type().(*types.Slice); ok {
							pt = s.Elem()
						}
					case i < np:
						pt = sig.Params().At(i).Type()
					}
					if pt == nil || !isInterface(pt) {
						continue
					}
					p, ok := under(info.TypeOf(a)).(*types.Pointer)
					if !ok {
						continue
					}
					if named, ok := types.Unalias(p.Elem()).(*types.Named); ok {
						if it, ok := pt.Underlying().(*types.Interface); ok && it.NumMethods() == 0 {
							e.escapes[idOf(named.Origin().Obj())] = true
						}
					}
				}
				return true
			})
		}
	}
	return e.escapes[typ]
}

// prints reports whether a call only prints what it is given, or makes an error of it.
func (e *engine) prints(call *ast.CallExpr) bool {
	fn := e.x.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "fmt":
		return !strings.HasPrefix(fn.Name(), "Scan") && !strings.HasPrefix(fn.Name(), "Sscan") && !strings.HasPrefix(fn.Name(), "Fscan")
	case "log", "log/slog", "errors", "testing":
		return true
	}
	return false
}

// fieldValue is the one value that production code gives a field, when the flag
// made it; nil when there are others, or none.
func (e *engine) fieldValue(oid objID, uses []fieldUse) *value {
	var v *value
	for _, u := range uses {
		if u.write == nil || u.test {
			continue
		}
		w := e.writtenValue(u)
		if w == nil {
			return nil
		}
		if v == nil {
			v = w
		} else if v = merge(v, w); v == nil {
			return nil
		}
	}
	v = e.leftOver(oid, v)
	if v.known() && !v.flag && slices.ContainsFunc(uses, func(u fieldUse) bool {
		_, assigned := u.write.(*ast.AssignStmt) // a literal in the arm gave the same before
		return assigned && !u.test && e.spliced(u.write)
	}) {
		r := *v
		r.flag = true
		v = &r
	}
	if !v.decided() || v.dyn != nil || isInterface(e.x.objs[oid].Type()) {
		return nil
	}
	if !isZero(v) && e.implicitZero(oid) && !e.setOnce(oid, storesOf(uses)) {
		return nil
	}
	return v.lasting()
}

// storesOf are the assignments of production code among the uses of a field; nil where something else
// gives it a value too.
func storesOf(uses []fieldUse) []*ast.AssignStmt {
	var out []*ast.AssignStmt
	for _, u := range uses {
		if u.write == nil {
			continue
		}
		a, ok := u.write.(*ast.AssignStmt)
		if !ok || u.test {
			return nil
		}
		out = append(out, a)
	}
	return out
}

// leftOver is v, which all assignments that are left give a field or a variable, or
// the zero value where none is left, as a value that the flag made, if the removal
// dropped another assignment of production code; otherwise v as it is.
func (e *engine) leftOver(oid objID, v *value) *value {
	if v.decided() || !e.lostWriter(oid) {
		return v
	}
	if v == nil {
		if v = zeroValue(e.x.objs[oid].Type()); v == nil {
			return nil
		}
	}
	if !v.known() {
		return nil
	}
	r := *v
	r.flag = true
	return &r
}

// spliced reports whether a statement ran on a condition that the flag decides.
func (e *engine) spliced(n ast.Node) bool {
	for p := e.x.parent(n); p != nil; p = e.x.parent(p) {
		switch p.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		case *ast.IfStmt, *ast.SwitchStmt:
			if d := e.dec[p]; d != nil && d.op == opSplice {
				return true
			}
		}
	}
	return false
}

// lostWriter reports whether production code assigned a field or a variable where
// the removal drops the code.
func (e *engine) lostWriter(oid objID) bool {
	if e.dead[oid] {
		return false // that is why its assignments go
	}
	return slices.ContainsFunc(e.x.usesOf(oid), func(id *ast.Ident) bool {
		return !e.x.fileAt(id.Pos()).test && !e.live(id) && e.assigns(id)
	})
}

// assigns reports whether an identifier stands for the target of an assignment: the
// variable, or the field of a selector or of an entry of a literal.
func (e *engine) assigns(id *ast.Ident) bool {
	switch p := e.x.parent(id).(type) {
	case *ast.KeyValueExpr:
		return p.Key == ast.Expr(id)
	case *ast.SelectorExpr:
		if p.Sel == id {
			if _, store := e.atomicCall(id); store {
				return true
			}
			a, ok := e.x.parent(p).(*ast.AssignStmt)
			return ok && slices.Contains(a.Lhs, ast.Expr(p))
		}
	case *ast.AssignStmt:
		return slices.Contains(p.Lhs, ast.Expr(id))
	}
	return false
}

func (e *engine) writtenValue(u fieldUse) *value {
	if v, ok := e.written[u.write]; ok {
		if v.known() && len(v.effects) == 0 {
			return v
		}
		return nil
	}
	v := (&walker{e: e}).plain(u.value)
	if v.known() {
		return v
	}
	return nil
}

// fieldUnread reports whether a field was read before and is not now, so that it
// goes with what still writes it. A write in a test of another value than the
// known one keeps it.
func (e *engine) fieldUnread(oid objID, uses []fieldUse) bool {
	v := e.objConst[oid]
	before := false
	for _, id := range e.x.usesOf(oid) {
		if e.isFieldRead(id) {
			before = true
		}
	}
	if !before {
		return false
	}
	for _, u := range uses {
		if u.write == nil {
			return false
		}
		if !e.idle(u.value) {
			return false
		}
		if u.test && v != nil {
			w := e.writtenValue(u)
			if w == nil || !sameValue(w, v) {
				e.keptField(oid, u)
				return false
			}
		}
	}
	return true
}

// testReads are the uses of a field without its reads, where production code read it
// before and tests alone do now: the statements that assert what it holds, and the
// first read that is something else.
func (e *engine) testReads(oid objID, uses []fieldUse) (rest []fieldUse, asserts []ast.Node, kept *ast.Ident) {
	if !slices.ContainsFunc(e.x.uses[oid], func(id *ast.Ident) bool { return !e.x.fileAt(id.Pos()).test && e.isFieldRead(id) }) {
		return uses, nil, nil
	}
	for _, u := range uses {
		if u.write != nil || !u.test {
			rest = append(rest, u)
		} else if a := e.asserted(u.id); a != nil && e.x.fileAt(u.id.Pos()).editable() {
			asserts = append(asserts, a)
		} else if kept == nil {
			kept = u.id
		}
	}
	return rest, asserts, kept
}

// asserted is the statement around a read of a field that does nothing but hold what
// the field has against something else.
func (e *engine) asserted(id *ast.Ident) ast.Node {
	sel, ok := e.x.parent(id).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	x, p := e.x.place(sel)
	call, ok := p.(*ast.CallExpr)
	if !ok || !slices.Contains(call.Args, x) || slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return len(e.effectsOf(a)) > 0 }) {
		return nil
	}
	fn := e.x.callee(call)
	if fn == nil || fn.Pkg() == nil || !strings.HasPrefix(fn.Pkg().Path(), "github.com/stretchr/testify/") {
		return nil
	}
	switch strings.TrimSuffix(fn.Name(), "f") {
	case "Same", "NotSame", "Equal", "NotEqual", "Nil", "NotNil", "Zero", "NotZero", "Empty", "NotEmpty", "Len", "True", "False", "IsType":
	default:
		return nil
	}
	stmt, ok := e.x.parent(call).(*ast.ExprStmt)
	if !ok {
		return nil
	}
	return stmt
}

// fieldSeen reports whether the field may be seen where nothing names it.
func (e *engine) fieldSeen(oid objID) bool {
	spec, ok := enclosing[*ast.TypeSpec](e.x, e.x.decl(oid))
	return ok && e.seen(spec.Name.Pos(), ast.IsExported(e.x.objs[oid].Name()), e.objConst[oid] != nil)
}

// keptField tells that a field stays because a test writes it.
func (e *engine) keptField(oid objID, u fieldUse) {
	name := e.x.objs[oid].Name()
	at := u.write.Pos()
	if u.id != nil {
		at = u.id.Pos()
	}
	e.tell(Residue{
		Pos: e.x.position(at), Reason: "test-writes-field",
		Message: "production code no longer reads " + name + ", but this test sets it to another value: delete the field with the tests of the removed state",
	})
}

// tell records residue found while facts are learned, once a place.
func (e *engine) tell(r Residue) {
	if r.Flag == "" && len(e.targets) == 1 {
		for k := range e.targets {
			r.Flag = k
		}
	}
	e.told[r.Pos.String()+r.Reason] = r
}

func (e *engine) isFieldRead(id *ast.Ident) bool {
	switch p := e.x.parent(id).(type) {
	case *ast.KeyValueExpr:
		return p.Key != ast.Expr(id)
	case *ast.SelectorExpr:
		if a, ok := e.x.parent(p).(*ast.AssignStmt); ok {
			return !slices.Contains(a.Lhs, ast.Expr(p))
		}
		_, store := e.atomicCall(id)
		return !store
	}
	return true
}

// dropZeros takes out of struct literals the entries whose value the flag made the
// zero that the field has without them. It is done when the rounds are over, since an
// entry is a writer of its field. Tests keep theirs: it may be what they are about. A
// field that nothing else names goes as well; where it may not, its entries stay.
func (e *engine) dropZeros() {
	entries := map[objID][]*ast.KeyValueExpr{}
	for n, d := range e.dec {
		x, ok := n.(ast.Expr)
		if !ok || d.op != opLit || !d.val.known() || d.vals != nil || d.val.fn != nil || d.val.dyn != nil || !isZero(d.val) {
			continue
		}
		kv, ok := e.x.parent(x).(*ast.KeyValueExpr)
		if !ok || kv.Value != x || e.x.fileAt(x.Pos()).test || !e.live(kv) {
			continue
		}
		id, ok := kv.Key.(*ast.Ident)
		if !ok {
			continue
		}
		if v, ok := e.x.objectAt(id).(*types.Var); ok && v.IsField() && (d.val.isNil || !isInterface(v.Type())) {
			e.dec[kv] = &decision{op: opDrop}
			entries[idOf(v)] = append(entries[idOf(v)], kv)
		}
	}
	for oid, list := range entries {
		switch {
		case e.x.decl(oid) == nil || len(e.liveUses(oid)) > 0:
		case !e.opts.Local && !e.pinned[oid] && e.fieldIsOurs(oid) && !e.fieldSeen(oid):
			e.dead[oid] = true
		default:
			for _, kv := range list {
				delete(e.dec, kv)
			}
		}
	}
	e.dropFields()
}

// dropFields decides the declarations and the writes of fields that go.
func (e *engine) dropFields() {
	for oid := range e.dead {
		f, ok := e.x.decl(oid).(*ast.Field)
		if !ok {
			continue
		}
		drop := make([]bool, len(f.Names))
		all := true
		for i, id := range f.Names {
			drop[i] = e.dead[id.Pos()]
			all = all && drop[i]
		}
		if all {
			e.dec[f] = &decision{op: opDrop}
		} else {
			e.dec[f] = &decision{op: opFields, drop: drop}
		}
		for _, x := range e.placed(oid) {
			e.dec[x] = &decision{op: opDrop}
		}
		for _, id := range e.x.usesOf(oid) {
			switch p := e.x.parent(id).(type) {
			case *ast.KeyValueExpr:
				if p.Key == ast.Expr(id) {
					e.dec[p] = &decision{op: opDrop}
				}
			case *ast.SelectorExpr:
				if a, ok := e.x.parent(p).(*ast.AssignStmt); ok && slices.Contains(a.Lhs, ast.Expr(p)) {
					e.dec[a] = &decision{op: opDrop}
				} else if call, store := e.atomicCall(id); store {
					e.dec[e.x.parent(call)] = &decision{op: opDrop}
				}
			}
		}
	}
}
