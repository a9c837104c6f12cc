package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// kind tells what is known of an expression's value.
type kind uint8

const (
	kDynamic kind = iota // not known at build time; Text says why; Index 1: the zero value of a field left out
	kConst               // a constant: Text is its exact form, Index its constant.Kind
	kParam               // (Names[0]: its type, where that is a named one) parameter Index (ReceiverArg: the receiver; from typeParams on: the zero value of a type parameter) of the function Text ("" is the declared function, others are literals)
	kField               // field Text of Elems[0]; Elems[1], if there, is what the field holds when Elems[0] stays unknown
	kStruct              // a struct, or pointer to one, of type Text with the fields Names and Elems
	kList                // a slice or array of Elems; Index 1: in an order that is not known
	kMap                 // a map from Keys to Elems
	kIndex               // Elems[0][Elems[1]]; Elems[2], if there, where the map Elems[0] has no such key
	kKeyOf               // a key of the map Elems[0]
	kOneOf               // one of Elems; Index 1: the others are ways out of a flag among them
	kConcat              // the strings Elems, one after the other
	kPure                // the function Text of package strings, applied to Elems
	kCall                // result Index of the method Text of Elems[0], whose type is not known yet (Names[0]: noKey, where the result is no string)
	kApplied             // result Index of calling Elems[0], not known yet, with the arguments Elems[1:]
	kFlag                // the value of a flag: Flag
	kFunc                // a function: Func
)

// value is what is known, symbolically, of what an expression evaluates to.
// Values are immutable. They travel in facts, so that only exported fields count,
// there are no maps (gob would write them in random order), and no element is nil.
type value struct {
	Kind  kind
	Text  string
	Index int
	Names []string
	Keys  []*value
	Elems []*value
	Flag  *flagValue
	Func  *funcValue

	node ast.Expr     // the expression that gave it, in this package
	obj  types.Object // the constant or variable that node names
	// entry is the syntax that puts this value in a map: the entry of a literal, or
	// an assignment.
	entry ast.Node
}

// flagValue is what an evaluation yields.
type flagValue struct {
	Eval    *eval
	Role    string // "" the value, "details", "variant", "error", "key", "other"
	Negated bool
	Exact   bool
	// Fallback: not exact, but only because of paths that do not ask the flag (no
	// client, a variable of the environment): see Shape.
	Fallback bool
}

// funcValue is a function as a value: a literal, whose summary speaks of its own
// parameters by ID, or a declared function or method by name, perhaps bound to
// its receiver.
type funcValue struct {
	ID    string
	Sum   *summary
	Name  string // FullName of a declared function, with Sum nil
	Bound *value // receiver
	Expr  bool   // a method expression: the receiver is argument 0
}

// What is bigger than these bounds is not known: values that nest, literals that
// nest, elements of a literal or alternatives.
const (
	maxDepth    = 12
	maxLiterals = 8
	maxElems    = 512
	// Values share parts, so that one may be far larger written out than it is
	// in memory. These bound the parts, each counted as often as it is reached:
	// of what callers decide, and of a literal.
	maxParts   = 400
	maxLiteral = 20000
	// maxCalls bounds the calls of a function's parameters in its summary.
	maxCalls = 64
	// maxRecursive bounds the evaluations and overrides in a summary that a recursion
	// adds: a function of itself, and a decorator of another one.
	maxRecursive = 256
)

func dynamic(why string) *value { return &value{Kind: kDynamic, Text: why} }

func constValue(c constant.Value) *value {
	v := &value{Kind: kConst, Index: int(c.Kind())}
	if c.Kind() == constant.String {
		v.Text = constant.StringVal(c)
	} else {
		v.Text = c.ExactString()
	}
	return v
}

func stringValue(s string) *value {
	return &value{Kind: kConst, Index: int(constant.String), Text: s}
}

func boolValue(b bool) *value { return constValue(constant.MakeBool(b)) }

func param(fn string, i int) *value { return &value{Kind: kParam, Text: fn, Index: i} }

// isString reports whether v is a constant string.
func (v *value) isString() bool {
	return v.Kind == kConst && constant.Kind(v.Index) == constant.String
}

// isBool reports whether v is the constant b.
func (v *value) isBool(b bool) bool {
	return v.Kind == kConst && constant.Kind(v.Index) == constant.Bool && v.Text == strconv.FormatBool(b)
}

// constant returns the constant that v is, nil if it is none.
func (v *value) constant() constant.Value {
	if v == nil || v.Kind != kConst {
		return nil
	}
	switch constant.Kind(v.Index) {
	case constant.String:
		return constant.MakeString(v.Text)
	case constant.Bool:
		return constant.MakeBool(v.Text == "true")
	case constant.Int:
		return constant.MakeFromLiteral(v.Text, token.INT, 0)
	case constant.Float:
		num, den, ok := strings.Cut(v.Text, "/")
		c := constant.MakeFromLiteral(num, token.FLOAT, 0)
		if ok {
			c = constant.BinaryOp(c, token.QUO, constant.MakeFromLiteral(den, token.FLOAT, 0))
		}
		return c
	}
	return nil
}

// at returns v as what the expression e gives.
func (v *value) at(e ast.Expr, obj types.Object) *value {
	if v.node == e && v.obj == obj {
		return v
	}
	w := *v
	w.node, w.obj = e, obj
	return &w
}

// same reports whether two values are known to be equal.
func same(a, b *value) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Kind != b.Kind || a.Kind == kDynamic {
		return false
	}
	return a.String() == b.String()
}

// String renders the value canonically: equal values give equal text.
func (v *value) String() string {
	var b strings.Builder
	v.write(&b)
	return b.String()
}

func (v *value) write(b *strings.Builder) {
	if v == nil {
		b.WriteString("nil")
		return
	}
	list := func(name string, vs ...*value) {
		b.WriteString(name)
		b.WriteByte('(')
		for i, e := range vs {
			if i > 0 {
				b.WriteByte(',')
			}
			if i < len(v.Names) {
				b.WriteString(v.Names[i] + "=")
			}
			if i < len(v.Keys) {
				v.Keys[i].write(b)
				b.WriteByte(':')
			}
			e.write(b)
		}
		b.WriteByte(')')
	}
	switch v.Kind {
	case kDynamic:
		b.WriteString("?")
	case kConst:
		if v.isString() {
			b.WriteString(strconv.Quote(v.Text))
		} else {
			b.WriteString(v.Text)
		}
	case kParam:
		b.WriteString("$" + v.Text + "." + strconv.Itoa(v.Index))
	case kField:
		list("."+v.Text, v.Elems...)
	case kStruct:
		list("struct "+v.Text, v.Elems...)
	case kList:
		list("list", v.Elems...)
	case kMap:
		list("map", v.Elems...)
	case kIndex:
		list("index", v.Elems...)
	case kKeyOf:
		list("key", v.Elems...)
	case kOneOf:
		list("one", v.Elems...)
	case kConcat:
		list("concat", v.Elems...)
	case kPure:
		list("strings."+v.Text, v.Elems...)
	case kCall:
		list("call "+v.Text+"#"+strconv.Itoa(v.Index), v.Elems...)
	case kApplied:
		list("apply#"+strconv.Itoa(v.Index), v.Elems...)
	case kFlag:
		b.WriteString("flag{" + v.Flag.Role)
		if v.Flag.Negated {
			b.WriteByte('!')
		}
		if v.Flag.Exact {
			b.WriteByte('=')
		}
		if v.Flag.Fallback {
			b.WriteByte('~')
		}
		b.WriteString(v.Flag.Eval.String() + "}")
	case kFunc:
		b.WriteString("func{" + v.Func.ID + v.Func.Name)
		if v.Func.Expr {
			b.WriteByte('.')
		}
		if v.Func.Bound != nil {
			b.WriteString(" on ")
			v.Func.Bound.write(b)
		}
		if v.Func.Sum != nil {
			b.WriteString(" " + v.Func.Sum.String())
		}
		b.WriteString("}")
	}
}

// symbolic reports whether the value depends on a parameter, so that a call can
// make it known.
func (v *value) symbolic() bool {
	return v.anyParam(func(string) bool { return true })
}

// free reports whether the value depends on a parameter of the function fn.
func (v *value) free(fn string) bool {
	return v.anyParam(func(id string) bool { return id == fn })
}

// gives reports whether the value depends on parameter i of the declared function.
func (v *value) gives(i int) bool {
	if v == nil {
		return false
	}
	if v.Kind == kParam {
		return v.Text == "" && v.Index == i
	}
	return slices.ContainsFunc(v.Elems, func(e *value) bool { return e.gives(i) })
}

func (v *value) anyParam(match func(fn string) bool) bool {
	if v == nil {
		return false
	}
	if v.Kind == kParam {
		return match(v.Text)
	}
	for _, e := range v.Elems {
		if e.anyParam(match) {
			return true
		}
	}
	for _, e := range v.Keys {
		if e.anyParam(match) {
			return true
		}
	}
	if v.Flag != nil && v.Flag.Eval.anyParam(match) {
		return true
	}
	if v.Func != nil {
		if v.Func.Bound.anyParam(match) {
			return true
		}
		if v.Func.Sum != nil {
			return v.Func.Sum.anyParam(func(id string) bool { return id != v.Func.ID && match(id) })
		}
	}
	return false
}

// bounded reports whether v nests no deeper than maxDepth levels of what callers
// decide, and has no more than the given number of parts. It looks at no more.
func (v *value) bounded(parts int) bool {
	return v.spend(&parts, maxDepth)
}

// literalWithin is bounded for literals, which nest as deep as they are written.
func (v *value) literalWithin(parts int) bool {
	return v.spend(&parts, parts)
}

func (v *value) spend(parts *int, depth int) bool {
	if v == nil {
		return true
	}
	if *parts--; *parts < 0 || depth == 0 {
		return false
	}
	all := func(list []*value) bool {
		for _, e := range list {
			if !e.spend(parts, depth-1) {
				return false
			}
		}
		return true
	}
	if !all(v.Elems) || !all(v.Keys) {
		return false
	}
	if v.Flag != nil && !v.Flag.Eval.Key.spend(parts, depth-1) {
		return false
	}
	if v.Func == nil {
		return true
	}
	if !v.Func.Bound.spend(parts, depth-1) {
		return false
	}
	if sum := v.Func.Sum; sum != nil {
		for _, d := range sum.Calls {
			if !d.Fn.spend(parts, depth-1) || !all(d.Args) {
				return false
			}
		}
		for _, e := range sum.Evals {
			if !e.Key.spend(parts, depth-1) {
				return false
			}
		}
		return all(sum.Results)
	}
	return true
}

// concat joins strings, merging neighbours that are constant.
func concat(parts ...*value) *value {
	var out []*value
	for _, p := range parts {
		switch {
		case p.Kind == kDynamic:
			return p
		case p.Kind == kConcat:
			out = append(out, p.Elems...)
			continue
		case p.isString() && len(out) > 0 && out[len(out)-1].isString():
			out[len(out)-1] = stringValue(out[len(out)-1].Text + p.Text)
			continue
		case p.Kind == kOneOf:
			// Distributed, so that each alternative is a key of its own.
			if len(parts) == 2 {
				alts := make([]*value, len(p.Elems))
				for i, a := range p.Elems {
					if p == parts[0] {
						alts[i] = concat(a, parts[1])
					} else {
						alts[i] = concat(parts[0], a)
					}
				}
				return oneOf(alts)
			}
			return dynamic("the key is put together at run time")
		case !p.isString() && !p.symbolic():
			return dynamic("the key is put together at run time")
		}
		out = append(out, p)
	}
	if len(out) == 1 {
		return out[0]
	}
	return &value{Kind: kConcat, Elems: out}
}

// oneOf is the value that is one of vs.
func oneOf(vs []*value) *value {
	return oneOfPlaces(vs, false)
}

// oneOfPlaces is oneOf; where places is set, equal values that stand in different places
// are told apart, as they stay when they are alternatives already: tests may set a flag in
// each.
func oneOfPlaces(vs []*value, places bool) *value {
	type place struct {
		text string
		node ast.Expr
	}
	var out []*value
	seen := map[place]bool{}
	var add func(v *value, places bool)
	add = func(v *value, places bool) {
		if v.Kind == kOneOf {
			for _, e := range v.Elems {
				add(e, true)
			}
			return
		}
		// Rows of a table that are equal are rows still, each with its own entries.
		row := v.node != nil && (v.Kind == kStruct || v.Kind == kList || v.Kind == kMap)
		at := place{text: v.String()}
		if places {
			at.node = v.node
		}
		if row || v.Kind == kDynamic || !seen[at] {
			seen[at] = true
			out = append(out, v)
		}
	}
	for _, v := range vs {
		add(v, places)
	}
	switch {
	case len(out) == 0:
		return dynamic("no value is known")
	case len(out) == 1:
		return out[0]
	case len(out) > maxElems:
		return dynamic("the key is one of too many")
	}
	return &value{Kind: kOneOf, Elems: out}
}
