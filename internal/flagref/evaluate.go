package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
)

// eval finds the symbolic value of an expression. What a caller decides is
// expressed by parameters of the enclosing functions.
func (p *state) eval(e ast.Expr) *value {
	if v, ok := p.values[e]; ok {
		return v
	}
	p.values[e] = dynamic("the value depends on itself")
	v := p.evalExpr(e)
	switch v.Kind {
	case kStruct, kList, kMap, kOneOf: // bounded where they are written, but for what they share
		if !v.literalWithin(maxLiteral) {
			v = dynamic("the value is too large")
		}
	default:
		if !v.bounded(maxParts) {
			v = dynamic("the value is nested too deeply")
		}
	}
	v = v.at(e, p.object(e))
	p.values[e] = v
	return v
}

// object returns the constant, variable or function that e names, conversions
// and parentheses aside.
func (p *state) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return p.info.Uses[e]
	case *ast.SelectorExpr:
		return p.info.Uses[e.Sel]
	case *ast.CallExpr:
		if tv := p.info.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return p.object(e.Args[0])
		}
	}
	return nil
}

func (p *state) evalExpr(e ast.Expr) *value {
	if tv := p.info.Types[e]; tv.Value != nil {
		return constValue(tv.Value)
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return p.eval(e.X)
	case *ast.StarExpr:
		return p.eval(e.X)
	case *ast.TypeAssertExpr:
		return p.eval(e.X)
	case *ast.Ident:
		return p.evalObject(p.info.Uses[e])
	case *ast.SelectorExpr:
		return p.evalSelector(e)
	case *ast.CallExpr:
		if app := p.apply(e); len(app.results) > 0 {
			return app.results[0]
		}
		return dynamic("a call without result")
	case *ast.CompositeLit:
		return p.evalComposite(e)
	case *ast.UnaryExpr:
		switch e.Op {
		case token.AND:
			return p.eval(e.X)
		case token.NOT:
			return negate(p.eval(e.X))
		}
	case *ast.BinaryExpr:
		return p.evalBinary(e)
	case *ast.IndexExpr:
		if tv := p.info.Types[e.X]; tv.IsValue() {
			if _, generic := tv.Type.Underlying().(*types.Signature); generic {
				return p.eval(e.X)
			}
			return p.evalIndex(e)
		}
	case *ast.FuncLit:
		return &value{Kind: kFunc, Func: &funcValue{ID: p.idx.litIDs[e], Sum: p.litSummary(e)}}
	}
	return dynamic("the value is computed at run time")
}

func (p *state) evalObject(obj types.Object) *value {
	switch obj := obj.(type) {
	case *types.Var:
		return p.evalVar(obj)
	case *types.Func:
		return &value{Kind: kFunc, Func: &funcValue{Name: obj.Origin().FullName()}}
	}
	return dynamic("the value is computed at run time")
}

// evalVar finds the value of a parameter, local or package variable.
func (p *state) evalVar(v *types.Var) *value {
	if got, ok := p.vars[v]; ok {
		return got
	}
	p.vars[v] = dynamic("the value depends on itself")
	got := p.variable(v)
	p.vars[v] = got
	return got
}

func (p *state) variable(v *types.Var) *value {
	if v.Pkg() != nil && v.Pkg() != p.pass.Pkg && v.Parent() == v.Pkg().Scope() {
		return p.facts.variable(p, v)
	}
	if got := p.fixed[v]; got != nil {
		return got
	}
	if got := p.decoded[v]; got != nil {
		return got
	}
	var vals []*value
	if ref, ok := p.idx.params[v]; ok {
		par := param(ref.fn, ref.index)
		if name := typeName(v.Type()); name != "" && !types.IsInterface(v.Type()) {
			par.Names = []string{name}
		}
		vals = append(vals, par)
	}
	shared := v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && !p.inTest(v)
	if p.idx.taken[v] && isBasic(v.Type()) {
		return dynamic("the variable " + v.Name() + " is set through its address")
	}
	var zeroed, only *write
	for i, w := range p.idx.writes[v] {
		if shared && w.test {
			continue // production code decides
		}
		if w.kind == zero {
			zeroed = &p.idx.writes[v][i]
			continue
		}
		only = &p.idx.writes[v][i]
		vals = append(vals, p.written(w))
	}
	if len(vals) == 0 && zeroed != nil {
		if _, ok := structOf(v.Type()); ok {
			vals = append(vals, &value{Kind: kStruct, Text: typeName(v.Type())})
		}
	}
	if len(vals) == 0 {
		return dynamic("the variable " + v.Name() + " has no value that is known")
	}
	got := join(vals)
	if got.Kind == kDynamic && len(vals) > 1 {
		return dynamic("the variable " + v.Name() + " is assigned more than one value")
	}
	if zeroed != nil && got.Kind == kFlag && (len(vals) > 1 || only.block != zeroed.block) {
		got = inexact(got) // it may be read before it is written
	}
	if got.Kind == kMap && !shared {
		got = p.withEntries(got, v)
	}
	if parts := p.idx.parts[v]; len(parts) > 0 && got.Kind == kStruct {
		got = p.withParts(got, parts, shared)
	}
	return got
}

// inTest reports whether an object is declared in a test file.
func (p *state) inTest(obj types.Object) bool {
	return strings.HasSuffix(p.pass.Fset.Position(obj.Pos()).Filename, "_test.go")
}

// written is the value that a write gives.
func (p *state) written(w write) *value {
	switch w.kind {
	case assigned:
		return p.eval(w.rhs)
	case tuple:
		return p.evalTuple(w.rhs, w.index)
	case rangeValue:
		return p.indexValue(p.eval(w.rhs), dynamic("the index changes"))
	case rangeKey:
		if t := p.typeOf(w.rhs); isMap(t) {
			return keyOf(p.eval(w.rhs))
		}
	}
	return dynamic("the value is computed at run time")
}

// evalTuple finds result i of an expression with several.
func (p *state) evalTuple(e ast.Expr, i int) *value {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if app := p.apply(x); i < len(app.results) {
			return app.results[i]
		}
	case *ast.IndexExpr:
		if i == 0 {
			return p.eval(x)
		}
	case *ast.TypeAssertExpr:
		if i == 0 {
			return p.eval(x.X)
		}
	}
	return dynamic("the value is computed at run time")
}

// withEntries returns the map m that the local v holds with what is put in it
// later: entries, and whole maps by maps.Copy.
func (p *state) withEntries(m *value, v *types.Var) *value {
	entries, copies := p.idx.entries[v], p.idx.copies[v]
	if len(entries)+len(copies) == 0 {
		return m
	}
	out := *m
	out.Keys, out.Elems = slices.Clone(m.Keys), slices.Clone(m.Elems)
	for _, e := range entries {
		out.Keys = append(out.Keys, p.eval(e.key))
		out.Elems = append(out.Elems, p.eval(e.value).within(e.node))
	}
	alternatives := []*value{&out}
	for _, src := range copies {
		alternatives = append(alternatives, p.eval(src))
	}
	return oneOf(alternatives)
}

// withParts returns the struct s with the fields that later assignments set.
func (p *state) withParts(s *value, parts []partWrite, shared bool) *value {
	out := *s
	out.Names = append([]string(nil), s.Names...)
	out.Elems = append([]*value(nil), s.Elems...)
	set := map[string][]*value{}
	var order []string
	for _, w := range parts {
		if w.test && shared {
			continue
		}
		name := w.field.Name()
		if set[name] == nil {
			order = append(order, name)
		}
		set[name] = append(set[name], p.written(w.write))
	}
	for _, name := range order {
		vals := set[name]
		i := -1
		for k, n := range out.Names {
			if n == name {
				i = k
			}
		}
		if i >= 0 {
			out.Elems[i] = join(append([]*value{out.Elems[i]}, vals...))
		} else {
			out.Names = append(out.Names, name)
			out.Elems = append(out.Elems, join(vals))
		}
	}
	return &out
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// evalSelector finds the value of a selector: a field, a method value, or a
// name of another package.
func (p *state) evalSelector(e *ast.SelectorExpr) *value {
	sel, ok := p.info.Selections[e]
	if !ok {
		return p.evalObject(p.info.Uses[e.Sel])
	}
	switch sel.Kind() {
	case types.MethodVal:
		fn := sel.Obj().(*types.Func)
		return &value{Kind: kFunc, Func: &funcValue{Name: fn.Origin().FullName(), Bound: p.receiver(e, sel)}}
	case types.MethodExpr:
		return &value{Kind: kFunc, Func: &funcValue{Name: sel.Obj().(*types.Func).Origin().FullName(), Expr: true}}
	case types.FieldVal:
		return p.evalField(e, sel)
	}
	return dynamic("the value is computed at run time")
}

// receiver is the value of what a method is called on, embedded fields followed.
func (p *state) receiver(e *ast.SelectorExpr, sel *types.Selection) *value {
	x := p.eval(e.X)
	index := sel.Index()
	for _, name := range fieldPath(sel.Recv(), index[:len(index)-1]) {
		x = p.field(x, name)
	}
	return x
}

func (p *state) evalField(e *ast.SelectorExpr, sel *types.Selection) *value {
	owner, field := provider.Owner(sel)
	if field == nil {
		return dynamic("the value is computed at run time")
	}
	if m, key, ok := p.set.FieldOf(owner, field); ok {
		ev := &eval{Kind: Evaluation, Key: stringValue(key), Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes, Type: provider.ValueType(field.Type())}
		return &value{Kind: kFlag, Flag: &flagValue{Eval: ev, Exact: true}}
	}
	x := p.eval(e.X)
	for _, name := range fieldPath(sel.Recv(), sel.Index()) {
		x = p.field(x, name)
	}
	if x.Kind == kFlag && x.Flag.Eval.Inline {
		return x // decoded into the very variable
	}
	if got := p.fieldFixed(field.Origin()); got != nil {
		if got.Kind == kStruct && x.Kind == kStruct && !slices.Contains(x.Names, keyField) {
			w := *x // with what its constructor says, its default
			w.Names, w.Elems = append(slices.Clip(x.Names), got.Names...), append(slices.Clip(x.Elems), got.Elems...)
			return &w
		}
		return got
	}
	if x.Kind != kDynamic && !x.symbolic() {
		return x
	}
	closed := p.fieldValue(field.Origin())
	if closed == nil || closed.Kind == kOneOf {
		return x // objects differ in it
	}
	if x.Kind == kField && closed.Kind == kConst {
		// A field that carries a key belongs to the object: another one may come.
		return &value{Kind: kField, Text: x.Text, Elems: []*value{x.Elems[0], closed}}
	}
	return closed
}

// fieldFixed is the flag that a field stands for because a call says so, in this
// package or, by a fact, in its own; nil if it stands for none.
func (p *state) fieldFixed(f *types.Var) *value {
	if got := p.fixed[f]; got != nil {
		return got
	}
	if f.Pkg() == p.pass.Pkg {
		return nil
	}
	got := p.facts.field(p, f)
	if got != nil && (got.Kind == kFlag && got.Flag.Eval.Inline || got.Kind == kStruct && slices.Contains(got.Names, keyField)) {
		return got
	}
	return nil
}

// fieldValue is what every object's field holds, if that is known: all writers
// agree on a value that depends on no caller. Nil: not known.
func (p *state) fieldValue(f *types.Var) *value {
	if got := p.fixed[f]; got != nil {
		return got
	}
	if f.Pkg() != p.pass.Pkg {
		return p.facts.field(p, f)
	}
	if got, ok := p.fields[f]; ok {
		return got
	}
	p.fields[f] = nil
	var vals []*value
	for _, w := range p.idx.writes[f] {
		if w.test && !p.inTest(f) {
			continue // production code decides
		}
		vals = append(vals, p.written(w))
	}
	if len(vals) == 0 {
		return nil
	}
	got := join(vals)
	if got.Kind == kDynamic || got.symbolic() || !got.telling() {
		return nil
	}
	if got.Kind == kFlag && (len(vals) > 1 || p.idx.omitted[f]) {
		got = inexact(got)
	}
	p.fields[f] = got
	return got
}

func (p *state) evalComposite(e *ast.CompositeLit) *value {
	t := p.typeOf(e)
	if len(e.Elts) > maxElems || p.literals >= maxLiterals {
		return dynamic("the value is nested too deeply")
	}
	p.literals++
	defer func() { p.literals-- }()
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		s := &value{Kind: kStruct, Text: typeName(t)}
		for i, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				if id, ok := kv.Key.(*ast.Ident); ok {
					s.Names = append(s.Names, id.Name)
					s.Elems = append(s.Elems, p.eval(kv.Value))
				}
			} else if i < u.NumFields() {
				s.Names = append(s.Names, u.Field(i).Name())
				s.Elems = append(s.Elems, p.eval(elt))
			}
		}
		return p.asObject(s, t)
	case *types.Slice, *types.Array:
		l := &value{Kind: kList}
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			l.Elems = append(l.Elems, p.eval(elt))
		}
		return l
	case *types.Map:
		m := &value{Kind: kMap}
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				m.Keys = append(m.Keys, p.eval(kv.Key))
				m.Elems = append(m.Elems, p.eval(kv.Value).within(kv))
			}
		}
		return m
	}
	return dynamic("the value is computed at run time")
}

// asObject adds the key of a flag object to a literal of its type.
func (p *state) asObject(s *value, t types.Type) *value {
	m, ok := p.set.ObjectType(t)
	if !ok || m.Row.MapKey || m.Row.Contained {
		return s
	}
	key := p.part(s, m.Row.Key)
	s.Names = append(s.Names, keyField)
	s.Elems = append(s.Elems, key)
	if m.Row.Default != nil {
		s.Names = append(s.Names, defaultField)
		s.Elems = append(s.Elems, p.part(s, *m.Row.Default))
	}
	return s
}

// part is a field, by its path, of an object's value.
func (p *state) part(s *value, a provider.Arg) *value {
	v := p.arg(a)
	return p.subst(v, binding{"", func(int) *value { return s }})
}

// within records the map entry that a value stands in.
func (v *value) within(kv ast.Node) *value {
	w := *v
	w.entry = kv
	return &w
}

func (p *state) evalIndex(e *ast.IndexExpr) *value {
	if spec := p.lookup(e.X); spec != nil {
		return &value{Kind: kStruct, Text: typeName(p.typeOf(e)), Names: []string{anyField, keyField}, Elems: []*value{p.eval(e.Index), p.eval(e.Index)}}
	}
	if v := p.membership(e.X, e.Index); v != nil {
		return v
	}
	return p.indexValue(p.eval(e.X), p.eval(e.Index))
}

// lookup returns the spec that names the map x as one from key to flag object.
func (p *state) lookup(x ast.Expr) *provider.Spec {
	owner, v := p.named(x)
	if v == nil {
		return nil
	}
	spec, _ := p.set.Lookup(owner, v)
	return spec
}

// named returns the variable or field that an expression names, and the type
// that declares the field.
func (p *state) named(x ast.Expr) (owner types.Type, v *types.Var) {
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		if s, ok := p.info.Selections[sel]; ok {
			if s.Kind() != types.FieldVal {
				return nil, nil
			}
			return provider.Owner(s)
		}
	}
	return nil, p.idx.variable(x)
}

// negate returns the opposite of a bool.
func negate(v *value) *value {
	switch {
	case v.Kind == kFlag && v.Flag.Role == "":
		f := *v.Flag
		f.Negated = !f.Negated
		return &value{Kind: kFlag, Flag: &f}
	case v.isBool(true):
		return boolValue(false)
	case v.isBool(false):
		return boolValue(true)
	}
	return dynamic("the value is computed at run time")
}

// inexact returns a value that depends on the flag, among other things.
func inexact(v *value) *value {
	if v.Kind != kFlag || !v.Flag.Exact && !v.Flag.Fallback {
		return v
	}
	f := *v.Flag
	f.Exact, f.Fallback = false, false
	return &value{Kind: kFlag, Flag: &f}
}

func (p *state) evalBinary(e *ast.BinaryExpr) *value {
	x, y := p.eval(e.X), p.eval(e.Y)
	switch e.Op {
	case token.ADD:
		if t, ok := p.typeOf(e).Underlying().(*types.Basic); ok && t.Info()&types.IsString != 0 {
			return concat(x, y)
		}
	case token.EQL, token.NEQ:
		if p.info.Types[e.X].IsNil() {
			x, y, e = y, x, &ast.BinaryExpr{X: e.Y, Op: e.Op, Y: e.X}
		}
		if p.info.Types[e.Y].IsNil() && x.Kind == kFlag && x.Flag.Role == "error" {
			// What follows holds for executions in which evaluations do not fail.
			return boolValue(e.Op == token.EQL)
		}
		return equal(x, y, e.Op == token.EQL)
	case token.LAND:
		return both(x, y, true)
	case token.LOR:
		return both(x, y, false)
	case token.LSS, token.GTR, token.LEQ, token.GEQ:
		return mixed(x, y)
	}
	return dynamic("the value is computed at run time")
}

// equal is x == y, or x != y.
func equal(x, y *value, eq bool) *value {
	if x.Kind != kFlag {
		x, y = y, x
	}
	if x.Kind == kFlag && x.Flag.Role == "" {
		switch {
		case y.isBool(true) && eq, y.isBool(false) && !eq:
			return x
		case y.isBool(true), y.isBool(false):
			return negate(x)
		}
	}
	return mixed(x, y)
}

// both is x && y, or x || y.
func both(x, y *value, and bool) *value {
	for range 2 {
		if x.isBool(and) {
			return y
		}
		if x.isBool(!and) {
			return x
		}
		x, y = y, x
	}
	if x.Kind == kFlag && same(x, y) {
		return x
	}
	return mixed(x, y)
}

// mixed is a value computed from x and y: it depends on a flag if just one flag
// is in it.
func mixed(x, y *value) *value {
	if x.Kind != kFlag {
		x, y = y, x
	}
	if x.Kind != kFlag || (x.Flag.Role != "" && x.Flag.Role != "variant") {
		return dynamic("the value is computed at run time")
	}
	if y.Kind == kFlag && y.Flag.Eval.String() != x.Flag.Eval.String() {
		return dynamic("the value depends on two flags")
	}
	f := *x.Flag
	f.Role, f.Exact, f.Fallback = "", false, false
	return &value{Kind: kFlag, Flag: &f}
}

// pending is the result of a recursive call in the first round: it is no result
// of its own.
const pending = "#pending"

// join is the value that is one of vs, nobody knows which.
func join(vs []*value) *value {
	var flag *value
	if known := slices.DeleteFunc(slices.Clone(vs), func(v *value) bool { return v.Kind == kDynamic && v.Text == pending }); len(known) > 0 {
		vs = known
	}
	for _, v := range vs {
		if v.Kind == kFlag {
			if flag != nil && flag.Flag.Eval.String() != v.Flag.Eval.String() {
				return dynamic("the value depends on two flags")
			}
			flag = v
		}
	}
	out := oneOf(vs)
	if out.Kind != kOneOf {
		return out
	}
	if flag != nil {
		return inexact(flag)
	}
	for _, e := range out.Elems {
		switch {
		case e.Kind == kDynamic:
			return e
		case e.Kind == kConst && e.isString() && e.Text == "" && len(out.Elems) == 2:
			// The empty string stands for "no key".
			for _, o := range out.Elems {
				if o != e {
					return o
				}
			}
		}
	}
	return out
}

// constantOf returns the constant value of an expression, nil if it has none.
func (p *state) constantOf(e ast.Expr) constant.Value {
	if e == nil {
		return nil
	}
	return p.eval(e).constant()
}
