package difftest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// take marks a variable as used and returns its name.
func (v *variable) take() string { v.used = true; return v.name }

// expr writes an expression of a type; depth bounds its nesting.
func (g *generator) expr(typ string, depth int) string {
	switch typ {
	case "bool":
		return g.boolExpr(depth)
	case "int":
		return g.intExpr(depth)
	case "string":
		return g.strExpr(depth)
	case "error":
		switch g.r.IntN(3) {
		case 0:
			return "nil"
		case 1:
			if g.free("errors") {
				return fmt.Sprintf("%s.New(%q)", g.use("errors"), "e"+strconv.Itoa(g.id()))
			}
		}
		return fmt.Sprintf("%s(%d)", g.rt("Check"), g.id())
	case "int64":
		return fmt.Sprintf("int64(%s)", g.intExpr(depth-1))
	case "float64":
		return fmt.Sprintf("float64(%s)", g.intExpr(depth-1))
	case "[]int":
		return fmt.Sprintf("[]int{%s, %s}", g.intExpr(depth-1), g.intExpr(depth-1))
	}
	panic("no expression of type " + typ)
}

// plainCond writes a condition that is not the flag and that no compiler can decide.
func (g *generator) plainCond(depth int) string {
	if vs := g.locals("bool", false); len(vs) > 0 && g.chance(30) {
		return pick(g, vs).take()
	}
	switch g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("%s(%d, %v)", g.rt("B"), g.id(), g.chance(50))
	case 1:
		return fmt.Sprintf("%s(%d, 3) %s %d", g.rt("In"), g.id(), pick(g, []string{"==", "<", ">", "!="}), g.r.IntN(3))
	case 2:
		if vs := g.locals("int", false); len(vs) > 0 {
			return fmt.Sprintf("%s %s %d", pick(g, vs).take(), pick(g, []string{"==", "<", ">", "!="}), g.r.IntN(4))
		}
	case 3:
		if vs := g.locals("string", false); len(vs) > 0 {
			return fmt.Sprintf("%s %s %q", pick(g, vs).take(), pick(g, []string{"==", "!="}), pick(g, []string{"a", "b", ""}))
		}
	case 4:
		if vs := g.locals("string", false); len(vs) > 0 && g.free("strings") {
			return fmt.Sprintf("%s.HasPrefix(%s, %q)", g.use("strings"), pick(g, vs).take(), "a")
		}
	case 5:
		if e, ok := g.otherFlag(); ok {
			return e
		}
	}
	return fmt.Sprintf("%s(%d, 2) == 0", g.rt("In"), g.id())
}

// boolExpr writes a condition in which the flag may stand. What initialises a
// package calls no function of the program, since those may panic.
func (g *generator) boolExpr(depth int) string {
	if depth <= 0 {
		if g.chance(60) {
			return g.flagCond()
		}
		return paren(g.plainCond(0))
	}
	switch g.r.IntN(12) {
	case 0, 1:
		g.hit("and")
		return fmt.Sprintf("%s && %s", paren(g.boolExpr(depth-1)), paren(g.boolExpr(depth-1)))
	case 2, 3:
		g.hit("or")
		return fmt.Sprintf("%s || %s", paren(g.boolExpr(depth-1)), paren(g.boolExpr(depth-1)))
	case 4, 5:
		g.hit("not")
		return "!" + paren(g.boolExpr(depth-1))
	case 6:
		g.hit("bool-comparison")
		return fmt.Sprintf("%s %s %s", paren(g.boolExpr(depth-1)), pick(g, []string{"==", "!="}), paren(g.plainCond(0)))
	case 7:
		if os := g.objects(func(o *object) bool {
			return g.fn != nil && o.kind == "func" && slices.Equal(o.results, []string{"bool"})
		}); len(os) > 0 {
			return g.call(pick(g, os), depth-1)
		}
	case 8:
		if g.fn != nil {
			g.hit("func-literal-called")
			return fmt.Sprintf("func() bool { %s; return %s }()", g.emit(), g.boolExpr(depth-1))
		}
	case 9:
		return paren(g.plainCond(depth - 1))
	}
	return g.flagCond()
}

func paren(e string) string {
	if strings.ContainsAny(e, " ") && !strings.HasPrefix(e, "(") {
		return "(" + e + ")"
	}
	return e
}

func (g *generator) intExpr(depth int) string {
	if depth > 0 {
		switch g.r.IntN(9) {
		case 0, 1:
			return fmt.Sprintf("%s %s %s", paren(g.intExpr(depth-1)), pick(g, []string{"+", "-", "*"}), paren(g.intExpr(depth-1)))
		case 2:
			if os := g.objects(func(o *object) bool {
				return g.fn != nil && o.kind == "func" && slices.Equal(o.results, []string{"int"})
			}); len(os) > 0 {
				return g.call(pick(g, os), depth-1)
			}
		case 3:
			return fmt.Sprintf("len(%s)", g.strExpr(depth-1))
		case 4:
			if e, ok := g.flagValue("int"); ok {
				return e
			}
		case 5:
			if e, ok := g.flagValue("int64"); ok {
				g.hit("flag-converted")
				return "int(" + e + ")"
			}
			if e, ok := g.flagValue("float64"); ok {
				g.hit("flag-float-arithmetic")
				return "int(" + e + " * 2)"
			}
		case 6:
			if os := g.objects(func(o *object) bool { return o.kind == "generic" }); len(os) > 0 {
				g.hit("generic")
				return fmt.Sprintf("%s(%s, %s, %s)", g.ref(pick(g, os)), g.boolExpr(0), g.intExpr(0), g.intExpr(0))
			}
		}
	}
	if vs := g.locals("int", false); len(vs) > 0 && g.chance(50) {
		return pick(g, vs).take()
	}
	if os := g.objects(func(o *object) bool { return (o.kind == "const" || o.kind == "var") && o.typ == "int" }); len(os) > 0 && g.chance(30) {
		return g.ref(pick(g, os))
	}
	if g.chance(30) {
		return fmt.Sprintf("%s(%d, %d)", g.rt("I"), g.id(), g.r.IntN(5))
	}
	return strconv.Itoa(g.r.IntN(7))
}

func (g *generator) strExpr(depth int) string {
	if depth > 0 {
		switch g.r.IntN(8) {
		case 0, 1:
			g.hit("concatenation")
			return fmt.Sprintf("%s + %s", g.strExpr(depth-1), g.strExpr(depth-1))
		case 2:
			if g.free("fmt") {
				return fmt.Sprintf("%s.Sprintf(%q, %s)", g.use("fmt"), "n%d", g.intExpr(depth-1))
			}
		case 3:
			if g.free("strings") {
				return fmt.Sprintf("%s.ToUpper(%s)", g.use("strings"), g.strExpr(depth-1))
			}
		case 4:
			if g.free("strconv") {
				return fmt.Sprintf("%s.Itoa(%s)", g.use("strconv"), g.intExpr(depth-1))
			}
		case 5:
			if e, ok := g.flagValue("string"); ok {
				g.hit("flag-string-value")
				return e
			}
		case 6:
			if os := g.objects(func(o *object) bool {
				return g.fn != nil && o.kind == "func" && slices.Equal(o.results, []string{"string"})
			}); len(os) > 0 {
				return g.call(pick(g, os), depth-1)
			}
		}
	}
	if vs := g.locals("string", false); len(vs) > 0 && g.chance(50) {
		return pick(g, vs).take()
	}
	if os := g.objects(func(o *object) bool { return (o.kind == "const" || o.kind == "var") && o.typ == "string" }); len(os) > 0 && g.chance(30) {
		return g.ref(pick(g, os))
	}
	if g.chance(30) {
		return fmt.Sprintf("%s(%d, %q)", g.rt("S"), g.id(), pick(g, []string{"a", "b", "cc"}))
	}
	return strconv.Quote(pick(g, []string{"a", "b", "xyz", ""}))
}

// call writes a call of a function of the program.
func (g *generator) call(o *object, depth int) string {
	g.hit("call")
	var args []string
	for _, p := range o.params {
		if p == "bool" && g.chance(60) {
			g.hit("flag-as-argument")
			args = append(args, g.flagCond())
			continue
		}
		args = append(args, g.expr(p, min(depth, 1)))
	}
	return g.ref(o) + "(" + strings.Join(args, ", ") + ")"
}

// key spells the key of a flag: a literal, or a constant of the program.
func (g *generator) key(f *flagDef) string {
	os := g.objects(func(o *object) bool { return o.kind == "key" && o.flag == f })
	if len(os) > 0 && g.chance(75) {
		g.hit("key-constant")
		return g.ref(pick(g, os))
	}
	g.hit("key-literal")
	return strconv.Quote(f.key)
}

// eval writes an evaluation of the flag itself, of the flag's type.
func (g *generator) eval(f *flagDef) string {
	switch f.typ {
	case "string":
		return fmt.Sprintf("%s(%s, %s)", g.sdk("Str"), g.key(f), g.fallback("S", `"b"`))
	case "int":
		return fmt.Sprintf("%s(%s, %s)", g.sdk("Int"), g.key(f), g.fallback("I", "1"))
	case "int64":
		return fmt.Sprintf("%s(%s, 4)", g.sdk("Int64"), g.key(f))
	case "float64":
		return fmt.Sprintf("%s(%s, 1.5)", g.sdk("Float"), g.key(f))
	}
	if f.gate {
		os := g.objects(func(o *object) bool { return o.kind == "gate" && o.flag == f })
		if len(os) == 0 {
			return g.plainCond(0)
		}
		g.hit("gate-object")
		return g.ref(pick(g, os)) + ".IsEnabled()"
	}
	if os := g.objects(func(o *object) bool { return o.kind == "keyfunc" }); len(os) > 0 && g.chance(35) {
		o := pick(g, os)
		g.hit("key-wrapper")
		not := ""
		if o.negated {
			not = "!"
		}
		return not + g.ref(o) + "(" + g.key(f) + ")"
	}
	if os := g.objects(func(o *object) bool { return o.kind == "client" }); len(os) > 0 && g.chance(35) {
		g.hit("client-method")
		return g.ref(pick(g, os)) + ".Enabled(" + g.key(f) + ")"
	}
	switch g.r.IntN(8) {
	case 0:
		g.hit("negated-sdk")
		return "!" + g.sdk("Off") + "(" + g.key(f) + ")"
	case 1:
		return g.sdk("New") + "().Enabled(" + g.key(f) + ")"
	}
	return fmt.Sprintf("%s(%s, %s)", g.sdk("Bool"), g.key(f), g.fallback("B", "false"))
}

// fallback writes a fallback argument, which seldom has an effect.
func (g *generator) fallback(effect, value string) string {
	if !g.chance(5) {
		return value
	}
	g.hit("default-effect")
	return fmt.Sprintf("%s(%d, %s)", g.rt(effect), g.id(), value)
}

// flagValue writes an evaluation of the flag, or another, as a value of its type.
func (g *generator) flagValue(typ string) (string, bool) {
	f := g.target
	if g.chance(20) {
		f = pick(g, g.flags)
	}
	if f.typ != typ {
		return "", false
	}
	return g.eval(f), true
}

// condOf writes a condition over the value of a flag.
func (g *generator) condOf(f *flagDef, value string) string {
	switch f.typ {
	case "bool":
		return value
	case "string":
		return fmt.Sprintf("(%s %s %q)", value, pick(g, []string{"==", "==", "!="}), pick(g, []string{"a", "b", "zz"}))
	case "float64":
		return fmt.Sprintf("(%s %s %s)", value, pick(g, []string{"<", ">", ">="}), pick(g, []string{"1", "0.5"}))
	}
	return fmt.Sprintf("(%s %s %d)", value, pick(g, []string{"==", "<", ">", "!=", ">=", "<="}), pick(g, []int{0, 1, 2, 5}))
}

// otherFlag writes a condition over a flag that stays.
func (g *generator) otherFlag() (string, bool) {
	if len(g.flags) < 2 {
		return "", false
	}
	f := pick(g, g.flags[1:])
	g.hit("other-flag")
	return g.condOf(f, g.eval(f)), true
}

// flagCond writes a condition that the flag to remove decides: an evaluation,
// or something that holds one.
func (g *generator) flagCond() string {
	if vs := g.locals("flag", false); len(vs) > 0 && g.chance(45) {
		g.hit("flag-local-read")
		return pick(g, vs).take()
	}
	if vs := g.locals("Options", false); len(vs) > 0 && g.chance(30) {
		g.hit("flag-field-read")
		return pick(g, vs).take() + ".On"
	}
	if os := g.objects(func(o *object) bool { return o.kind == "predicate" }); len(os) > 0 && g.chance(35) {
		g.hit("predicate")
		return g.ref(pick(g, os)) + "()"
	}
	if os := g.objects(func(o *object) bool { return o.kind == "flagvar" }); len(os) > 0 && g.chance(35) {
		g.hit("flag-package-var")
		return g.ref(pick(g, os))
	}
	return g.condOf(g.target, g.eval(g.target))
}

// emit writes a statement whose only point is its effect.
func (g *generator) emit() string {
	n := g.id()
	return fmt.Sprintf("%s(%d)", g.rt("E"), n)
}
