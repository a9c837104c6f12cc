package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"time"
)

// literals renders the constants that take the place of x.
func (m *emitter) literals(x ast.Expr, d *decision) string {
	if tuple, ok := m.e.x.typeOf(x).(*types.Tuple); ok && d.vals != nil {
		if call, ok := m.e.x.parent(x).(*ast.CallExpr); ok {
			return m.argumentLiterals(call, tuple, d.vals)
		}
	}
	if d.vals == nil {
		t := m.e.x.typeOf(x)
		if d.val.json != nil {
			return m.jsonText(d.val.json, t, m.jsonPlace(x))
		}
		if d.val.dyn != nil {
			iface := t
			t = d.val.dyn
			text := m.literal(d.val, t, types.Identical(t, types.Default(untypedOf(d.val.c))))
			if _, ok := m.e.x.parent(x).(*ast.TypeAssertExpr); ok {
				text = m.typeName(iface) + "(" + text + ")"
			}
			return text
		}
		if text, ok := m.duration(d.val.c, t); ok && m.computedWith(x) && strings.Contains(text, " * ") {
			return "(" + text + ")"
		}
		if !d.val.isNil && m.computedWith(x) {
			return m.typeName(t) + "(" + constantText(d.val.c, t) + ")"
		}
		text := m.literal(d.val, t, m.contextTyped(x))
		_, around := m.e.x.place(x)
		if strings.Contains(text, " * ") && isDuration(t) && m.e.x.parent(x) == around && m.needsParens(around, &ast.BinaryExpr{Op: token.MUL}) {
			return "(" + text + ")"
		}
		if strings.HasPrefix(text, "-") && m.subtracted(x) {
			return "(" + text + ")"
		}
		return text
	}
	tuple, _ := m.e.x.typeOf(x).(*types.Tuple)
	var out []string
	for i, v := range d.vals {
		var t types.Type
		if tuple != nil && i < tuple.Len() {
			t = tuple.At(i).Type()
		}
		if v.dyn != nil {
			out = append(out, m.literal(v, v.dyn, false))
		} else {
			out = append(out, m.literal(v, t, true))
		}
	}
	return strings.Join(out, ", ")
}

// subtracted reports whether a minus stands before x, which would be taken
// together with its own.
func (m *emitter) subtracted(x ast.Expr) bool {
	switch p := m.e.x.parent(x).(type) {
	case *ast.UnaryExpr:
		return p.Op == token.SUB
	case *ast.BinaryExpr:
		return p.Op == token.SUB && p.Y == x
	}
	return false
}

// argumentLiterals renders the results of an evaluation that are the arguments
// of a call, f(g()).
func (m *emitter) argumentLiterals(call *ast.CallExpr, tuple *types.Tuple, vals []*value) string {
	sig, _ := under(m.e.x.typeOf(call.Fun)).(*types.Signature)
	fn := m.e.x.callee(call)
	inferred := sig == nil || fn != nil && fn.Signature().TypeParams().Len() > 0
	var out []string
	for i, v := range vals {
		t := tuple.At(i).Type()
		if v.dyn != nil {
			t = v.dyn
		}
		typed := !inferred && v.dyn == nil
		if typed {
			last := sig.Params().Len() - 1
			p := sig.Params().At(min(i, last)).Type()
			if s, ok := p.(*types.Slice); ok && sig.Variadic() && i >= last {
				p = s.Elem()
			}
			typed = v.isNil || !isInterface(p)
		}
		out = append(out, m.literal(v, t, typed))
	}
	return strings.Join(out, ", ")
}

// computedWith reports whether a constant in the place of x would be computed
// with as an untyped one, at compile time: exactly where the program rounds and
// divides by its type.
func (m *emitter) computedWith(x ast.Expr) bool {
	child, p := m.e.x.place(x)
	switch p := p.(type) {
	case *ast.UnaryExpr:
		return p.Op == token.XOR
	case *ast.BinaryExpr:
		switch p.Op {
		case token.SHL, token.SHR:
			return child == ast.Node(p.X)
		case token.SUB, token.MUL, token.QUO, token.REM, token.AND, token.OR, token.XOR, token.AND_NOT, token.ADD:
			if b, ok := under(m.e.x.typeOf(x)).(*types.Basic); !ok || b.Info()&types.IsNumeric == 0 {
				return false
			}
			other := p.X
			if child == ast.Node(p.X) {
				other = p.Y
			}
			if d := m.e.dec[other]; d != nil && d.op == opLit {
				return child == ast.Node(p.X) // one of them is enough
			}
			return m.e.untypedKind(other) != types.Invalid && !m.sameUntyped(x, p, other)
		}
	}
	return false
}

// sameUntyped reports whether an int in the place of x, beside an untyped one, is computed
// with as an int whether it has the type or not.
func (m *emitter) sameUntyped(x ast.Expr, p *ast.BinaryExpr, other ast.Expr) bool {
	if !types.Identical(m.e.x.typeOf(x), types.Typ[types.Int]) || m.e.untypedKind(other) != types.UntypedInt {
		return false
	}
	switch _, around := m.e.x.place(p); around := around.(type) {
	case *ast.BinaryExpr:
		return around.Op.Precedence() == token.EQL.Precedence()
	case *ast.UnaryExpr:
		return false
	}
	return true
}

// literal renders a constant of type t; typed tells that the place where it
// stands gives an untyped constant that type.
func (m *emitter) literal(v *value, t types.Type, typed bool) string {
	if v.fn != nil {
		return m.funcLiteral(v)
	}
	if v.json != nil {
		return m.jsonText(v.json, t, typed)
	}
	if v.isNil {
		if typed || t == nil {
			return "nil"
		}
		name := m.typeName(t)
		if strings.HasPrefix(name, "*") || strings.Contains(name, "func(") || strings.Contains(name, "chan ") || strings.HasPrefix(name, "<-") {
			name = "(" + name + ")"
		}
		return name + "(nil)"
	}
	if text, ok := m.duration(v.c, t); ok {
		return text
	}
	text := constantText(v.c, t)
	if typed || t == nil {
		return text
	}
	return m.convert(text, v, t)
}

// units are those of durations, from the largest to the smallest that is written as one.
var units = []struct {
	name string
	of   time.Duration
}{{"Hour", time.Hour}, {"Minute", time.Minute}, {"Second", time.Second}, {"Millisecond", time.Millisecond}, {"Microsecond", time.Microsecond}}

// duration renders a duration as a person writes it, 5 * time.Second, in a file that imports the
// package.
func (m *emitter) duration(c constant.Value, t types.Type) (string, bool) {
	if !isDuration(t) || c == nil || c.Kind() != constant.Int || !slices.ContainsFunc(m.f.ast.Imports, func(im *ast.ImportSpec) bool { return im.Path.Value == `"time"` }) {
		return "", false
	}
	n, exact := constant.Int64Val(c)
	pkg, ok := strings.CutSuffix(m.typeName(t), "Duration")
	if !exact || n <= 0 || !ok {
		return "", false
	}
	for _, u := range units {
		switch k := n / int64(u.of); {
		case n%int64(u.of) != 0:
			continue
		case k == 1:
			return pkg + u.name, true
		default:
			return strconv.FormatInt(k, 10) + " * " + pkg + u.name, true
		}
	}
	return "", false
}

func isDuration(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "time" && n.Obj().Name() == "Duration"
}

// convert writes the constant so that it has type t where no place gives it one.
func (m *emitter) convert(text string, v *value, t types.Type) string {
	if b, ok := t.(*types.Basic); ok {
		if b.Info()&types.IsUntyped != 0 || types.Identical(t, types.Default(untypedOf(v.c))) && !(b.Kind() == types.Float64 && !strings.ContainsAny(text, ".e")) {
			return text
		}
		if b.Kind() == types.Float64 && v.c.Kind() == constant.Float {
			return text
		}
	}
	return m.typeName(t) + "(" + text + ")"
}

// funcLiteral renders a function that returns a constant.
func (m *emitter) funcLiteral(v *value) string {
	var params []string
	for i := range v.fn.Params().Len() {
		t := v.fn.Params().At(i).Type()
		if s, ok := t.(*types.Slice); ok && v.fn.Variadic() && i == v.fn.Params().Len()-1 {
			params = append(params, "..."+m.typeName(s.Elem()))
		} else {
			params = append(params, m.typeName(t))
		}
	}
	r := v.fn.Results().At(0).Type()
	return "func(" + strings.Join(params, ", ") + ") " + m.typeName(r) + " { return " + constantText(v.c, r) + " }"
}

// constantText renders c as Go source that a place of type t takes.
func constantText(c constant.Value, t types.Type) string {
	switch c.Kind() {
	case constant.Bool:
		return strconv.FormatBool(constant.BoolVal(c))
	case constant.String:
		return strconv.Quote(constant.StringVal(c))
	case constant.Int:
		text := c.ExactString()
		if b, ok := under(t).(*types.Basic); ok && b.Info()&types.IsFloat != 0 {
			return text + ".0"
		}
		return text
	case constant.Float:
		f, _ := constant.Float64Val(c)
		text := strconv.FormatFloat(f, 'g', -1, 64)
		if !strings.ContainsAny(text, ".e") {
			text += ".0"
		}
		return text
	}
	return c.ExactString()
}

func under(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

// typeName renders a type as the file names it. A type of a package that the
// file does not import has no name there; the file is then marked as failed, and
// verification gives the flag up in it.
func (m *emitter) typeName(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		for _, v := range m.f.views {
			if v.Types == p || v.Types != nil && v.Types.Path() == p.Path() {
				return ""
			}
		}
		for _, im := range m.f.ast.Imports {
			path, err := strconv.Unquote(im.Path.Value)
			if err != nil || path != p.Path() {
				continue
			}
			name := p.Name()
			if im.Name != nil {
				name = im.Name.Name
			}
			if name == "_" {
				continue
			}
			m.used[path] = true
			if name == "." {
				return ""
			}
			return name
		}
		return p.Name()
	})
}

// contextTyped reports whether an untyped constant in the place of x gets x's
// type there.
func (m *emitter) contextTyped(x ast.Expr) bool {
	child, p := m.e.x.place(x)
	concrete := func(t types.Type) bool {
		if t == nil || isInterface(t) {
			return false
		}
		_, param := types.Unalias(t).(*types.TypeParam)
		return !param
	}
	switch p := p.(type) {
	case *ast.AssignStmt:
		i := slices.IndexFunc(p.Rhs, func(r ast.Expr) bool { return ast.Node(r) == child })
		if i < 0 || len(p.Lhs) != len(p.Rhs) {
			return false
		}
		if id, ok := p.Lhs[i].(*ast.Ident); ok && (id.Name == "_" || m.e.declaresHere(id, p) && m.e.typedMove(p) == nil) {
			return false
		}
		return concrete(m.e.x.typeOf(p.Lhs[i]))
	case *ast.ValueSpec:
		return p.Type != nil && concrete(m.e.x.typeOf(p.Type))
	case *ast.ReturnStmt:
		return m.returnsTyped(p, child) || m.isUntypedNil(x)
	case *ast.CallExpr:
		if m.e.isConversion(p) {
			if _, param := types.Unalias(m.e.x.typeOf(p)).(*types.TypeParam); param {
				return true
			}
			return !isInterface(m.e.x.typeOf(p)) // any(5) holds an int
		}
		switch m.e.builtinCall(p) {
		case "":
		case "append", "delete":
			if child == ast.Node(p.Args[0]) {
				return false
			}
		case "make":
		default: // max(5, x) has the type of what is left
			return false
		}
		if fn := m.e.x.callee(p); fn != nil && fn.Signature().TypeParams().Len() > 0 {
			return false
		}
		sig, ok := under(m.e.x.typeOf(p.Fun)).(*types.Signature)
		if !ok {
			return false
		}
		i := slices.IndexFunc(p.Args, func(a ast.Expr) bool { return ast.Node(a) == child })
		if i < 0 || sig.Params().Len() == 0 {
			return false
		}
		if i >= sig.Params().Len()-1 && sig.Variadic() && !p.Ellipsis.IsValid() {
			s, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
			return ok && concrete(s.Elem()) || m.isUntypedNil(x)
		}
		return i < sig.Params().Len() && (concrete(sig.Params().At(i).Type()) || m.isUntypedNil(x))
	case *ast.KeyValueExpr, *ast.CompositeLit:
		return concrete(m.e.x.typeOf(x)) && !m.elemIsInterface(child)
	case *ast.BinaryExpr:
		if p.Op == token.SHL || p.Op == token.SHR {
			return child == ast.Node(p.Y)
		}
		other := p.X
		if child == ast.Node(p.X) {
			other = p.Y
		}
		if d := m.e.dec[other]; d != nil && d.op == opLit {
			return false
		}
		info := m.e.x.infoFor(other)
		return info != nil && info.Types[other].Value == nil && concrete(info.TypeOf(other))
	case *ast.SliceExpr:
		return child != ast.Node(p.X)
	case *ast.IndexExpr:
		if child == ast.Node(p.X) {
			return false // what is indexed gives itself its type
		}
		_, isMap := under(m.e.x.typeOf(p.X)).(*types.Map)
		return !isMap || concrete(m.e.x.typeOf(x))
	case *ast.SendStmt:
		ch, ok := under(m.e.x.typeOf(p.Chan)).(*types.Chan)
		return ok && child == ast.Node(p.Value) && concrete(ch.Elem())
	case *ast.CaseClause:
		if s, ok := m.e.x.parent(m.e.x.parent(p)).(*ast.SwitchStmt); ok && s.Tag != nil {
			info := m.e.x.infoFor(s.Tag)
			d := m.e.dec[s.Tag]
			return info != nil && info.Types[s.Tag].Value == nil && concrete(info.TypeOf(s.Tag)) && (d == nil || d.op != opLit)
		}
		return true
	case *ast.IfStmt, *ast.ForStmt:
		return true
	case *ast.UnaryExpr:
		return p.Op == token.NOT
	}
	return false
}

// isUntypedNil reports whether nil takes the place of x and needs no type anywhere: the nil of an
// interface.
func (m *emitter) isUntypedNil(x ast.Expr) bool {
	d := m.e.dec[x]
	return d != nil && d.val != nil && d.val.isNil && !m.e.typedNil(x)
}

// returnsTyped reports whether the result of the function that a return statement gives x
// for has a type that is no interface.
func (m *emitter) returnsTyped(s *ast.ReturnStmt, x ast.Expr) bool {
	i := slices.Index(s.Results, x)
	var sig *types.Signature
	for n := m.e.x.parent(s); n != nil && sig == nil; n = m.e.x.parent(n) {
		switch n := n.(type) {
		case *ast.FuncLit:
			sig, _ = under(m.e.x.typeOf(n)).(*types.Signature)
		case *ast.FuncDecl:
			if fn, ok := m.e.x.objs[n.Name.Pos()].(*types.Func); ok {
				sig = fn.Signature()
			}
		}
	}
	if sig == nil || i < 0 || i >= sig.Results().Len() || len(s.Results) != sig.Results().Len() {
		return false
	}
	t := sig.Results().At(i).Type()
	_, param := types.Unalias(t).(*types.TypeParam)
	return !isInterface(t) && !param
}

// elemIsInterface reports whether the element of a composite literal that child
// is has an interface type.
func (m *emitter) elemIsInterface(child ast.Node) bool {
	p := m.e.x.parent(child)
	kv, isKV := p.(*ast.KeyValueExpr)
	if isKV {
		p = m.e.x.parent(kv)
	}
	lit, ok := p.(*ast.CompositeLit)
	if !ok {
		return false
	}
	t := under(m.e.x.typeOf(lit))
	if ptr, ok := t.(*types.Pointer); ok {
		t = under(ptr.Elem())
	}
	switch t := t.(type) {
	case *types.Slice:
		return isInterface(t.Elem())
	case *types.Array:
		return isInterface(t.Elem())
	case *types.Map:
		return isInterface(t.Elem()) || isInterface(t.Key())
	case *types.Struct:
		if isKV {
			if id, ok := kv.Key.(*ast.Ident); ok {
				if v, ok := m.e.x.objectAt(id).(*types.Var); ok {
					return isInterface(v.Type())
				}
			}
			return false
		}
		for i, el := range lit.Elts {
			if ast.Node(el) == child && i < t.NumFields() {
				return isInterface(t.Field(i).Type())
			}
		}
	}
	return false
}
