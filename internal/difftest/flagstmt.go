package difftest

import (
	"fmt"
	"strings"
)

// flagStmt writes a statement in which the flag to remove stands.
func (g *generator) flagStmt() string {
	switch g.r.IntN(31) {
	case 0, 1, 2:
		g.hit("if-flag")
		return g.ifStmt(g.flagCond())
	case 3:
		g.hit("if-not-flag")
		return g.ifStmt("!" + paren(g.flagCond()))
	case 4, 5:
		g.hit("if-flag-mixed")
		return g.ifStmt(g.boolExpr(2))
	case 6:
		g.hit("guard")
		return fmt.Sprintf("if %s {\n%s\n%s\n}", g.boolExpr(1), g.emit(), g.jump())
	case 7:
		return g.flagLocal()
	case 8:
		return g.evalErr()
	case 9:
		return g.ifInit()
	case 10:
		return g.switchFlag()
	case 11:
		return g.switchTrue()
	case 12:
		return g.switchDynamic()
	case 13:
		return g.selectStmt()
	case 14:
		return g.gotoStmt()
	case 15:
		return g.override()
	case 16:
		return g.optionsLocal()
	case 17:
		return g.twins()
	case 18:
		return g.eitherResult()
	case 19:
		return g.value()
	case 20:
		return g.methodValue()
	case 21:
		return g.details()
	case 22:
		return g.constantHazard()
	case 23:
		return g.typeSwitch()
	case 24:
		if os := g.objects(func(o *object) bool { return o.kind == "iface" }); len(os) > 0 {
			g.hit("interface-chosen")
			o := pick(g, os)
			name := fmt.Sprintf("r%d", g.id())
			return fmt.Sprintf("var %s %s = %s{}\nif %s {\n%[1]s = %[5]s{}\n}\n%[6]s(%[7]d, %[1]s.Do(%[8]d))",
				name, g.ref(o), g.ref(o.as("Old")), g.flagCond(), g.ref(o.as("New")), g.rt("P"), g.id(), g.r.IntN(4))
		}
	case 25:
		return g.lateClash()
	case 26, 27, 28, 29, 30:
		return g.shapeStmt()
	}
	return g.ifStmt(g.flagCond())
}

// as names a sibling of an object.
func (o *object) as(prefix string) *object {
	c := *o
	c.name = prefix + o.name
	return &c
}

// flagLocal reads the flag into a local variable.
func (g *generator) flagLocal() string {
	g.hit("flag-local")
	var e string
	if g.chance(50) {
		e = g.flagCond()
	} else {
		e = g.boolExpr(g.r.IntN(2))
	}
	name := g.fresh()
	v := g.declare(name, "flag", false)
	form := pick(g, []string{"%s := %s", "var %s = %s", "var %s bool = %s", "%s := %s"})
	s := fmt.Sprintf(form, name, e)
	switch g.r.IntN(8) {
	case 0:
		g.hit("flag-local-reassigned")
		s += fmt.Sprintf("\nif %s {\n%s = %v\n}", g.plainCond(0), name, g.chance(50))
	case 1:
		g.hit("flag-local-captured")
		s += fmt.Sprintf("\nfunc() {\n%s = %s\n}()", name, g.plainCond(0))
	case 2:
		g.hit("flag-local-address")
		ptr := fmt.Sprintf("p%d", g.id())
		v.used = true
		s += fmt.Sprintf("\n%s := &%s\n*%[1]s = %[3]s", ptr, name, g.plainCond(0))
	}
	return s
}

// evalErr evaluates with an error.
func (g *generator) evalErr() string {
	f := g.target
	var call, typ string
	switch f.typ {
	case "bool":
		if f.gate {
			return g.flagLocal()
		}
		call, typ = fmt.Sprintf("%s(%s, false)", g.sdk("BoolErr"), g.key(f)), "flag"
	case "string":
		call, typ = fmt.Sprintf("%s(%s, %q)", g.sdk("StrErr"), g.key(f), "b"), "string"
	case "int":
		call, typ = fmt.Sprintf("%s(%s, 7)", g.sdk("IntErr"), g.key(f)), "int"
	default:
		return g.flagLocal()
	}
	g.hit("eval-error")
	return g.twoResults(call, typ)
}

// ifInit writes an if whose initialiser evaluates.
func (g *generator) ifInit() string {
	g.push(false)
	defer g.pop()
	if g.target.typ == "bool" && !g.target.gate && g.chance(40) {
		g.hit("if-init-error")
		key := g.key(g.target)
		name := g.fresh()
		for name == "err" {
			name = g.fresh()
		}
		g.declare(name, "flag", false).used = true
		g.declare("err", "error", false).used = true
		return fmt.Sprintf("if %s, err := %s(%s, false); err != nil %s else if %s %s else %s",
			name, g.sdk("BoolErr"), key, g.block(1), name, g.block(2), g.block(1))
	}
	g.hit("if-init")
	e := g.flagCond()
	name := g.fresh()
	g.declare(name, "flag", false).used = true
	var cond string
	switch g.r.IntN(4) {
	case 0:
		cond = name
	case 1:
		cond = "!" + name
	case 2:
		cond = name + " && " + paren(g.plainCond(0))
	case 3:
		cond = paren(g.plainCond(0)) + " || " + name
	}
	s := fmt.Sprintf("if %s := %s; %s %s", name, e, cond, g.block(1+g.r.IntN(2)))
	if g.chance(60) {
		s += " else " + g.block(1)
	}
	return s
}

// arm writes the body of a case.
func (g *generator) arm() string {
	g.fn.breaks++
	defer func() { g.fn.breaks-- }()
	text, _ := g.body(1 + g.r.IntN(2))
	if g.chance(25) {
		g.hit("break-in-case")
		text = fmt.Sprintf("if %s {\n%s\nbreak\n}\n", g.boolExpr(1), g.emit()) + text
	}
	return text
}

// armFall is an arm that may fall through.
func (g *generator) armFall() string {
	text := g.arm()
	if g.chance(20) && !strings.HasSuffix(text, "break\n") {
		g.hit("fallthrough")
		text += "fallthrough\n"
	}
	return text
}

// switchFlag switches over the flag's value.
func (g *generator) switchFlag() string {
	f := g.target
	g.hit("switch-tag")
	var tag string
	if f.typ == "bool" {
		tag = g.flagCond()
	} else {
		tag = g.eval(f)
	}
	var cases []string
	switch f.typ {
	case "bool":
		cases = []string{"true", "false"}
		if g.chance(50) {
			cases = []string{"false", "true"}
		}
		if g.chance(20) {
			cases = cases[:1]
		}
	case "string":
		cases = []string{`"a"`, `"b", "c"`, `"zz"`}
	case "float64":
		cases = []string{"0", "0.5", "2"}
	default:
		cases = []string{"0", "1, 2", "5"}
	}
	init := ""
	if g.chance(25) {
		g.hit("switch-init")
		g.push(false)
		defer g.pop()
		name := g.fresh()
		typ := f.typ
		if typ == "bool" {
			typ = "flag"
		}
		g.declare(name, typ, false).used = true
		init, tag = fmt.Sprintf("%s := %s; ", name, tag), name
	}
	s := fmt.Sprintf("switch %s%s {\n", init, tag)
	deflt := g.r.IntN(6)
	for i, c := range cases {
		if i == deflt {
			s += "default:\n" + g.arm()
		}
		arm := g.armFall()
		if i == len(cases)-1 && deflt <= i {
			arm = strings.TrimSuffix(arm, "fallthrough\n")
		}
		s += "case " + c + ":\n" + arm
	}
	s = strings.TrimSuffix(s, "fallthrough\n")
	if deflt >= len(cases) && g.chance(60) {
		s += "default:\n" + g.arm()
	}
	return s + "}"
}

// switchTrue is a switch without a tag.
func (g *generator) switchTrue() string {
	g.hit("switch-true")
	s := "switch {\n"
	for i := range 2 + g.r.IntN(2) {
		var c string
		if i == 1 && g.chance(60) {
			c = g.flagCond()
		} else {
			c = g.boolExpr(1)
		}
		if g.chance(15) {
			c += ", " + g.plainCond(0)
		}
		s += "case " + c + ":\n" + g.armFall()
	}
	s = strings.TrimSuffix(s, "fallthrough\n")
	if g.chance(50) {
		s += "default:\n" + g.arm()
	}
	return s + "}"
}

// switchDynamic has cases with effects, one of which is the flag.
func (g *generator) switchDynamic() string {
	g.hit("switch-dynamic")
	if g.target.typ == "int" && g.chance(60) {
		return fmt.Sprintf("switch %s {\ncase %s(%d, 2):\n%scase %s:\n%scase %s(%d, 1):\n%sdefault:\n%s}",
			g.intExpr(1), g.rt("I"), g.id(), g.arm(), g.eval(g.target), g.arm(), g.rt("I"), g.id(), g.arm(), g.arm())
	}
	return fmt.Sprintf("switch %s {\ncase %s(%d, true):\n%scase %s:\n%scase %s(%d, false):\n%s}",
		g.plainCond(0), g.rt("B"), g.id(), g.arm(), g.flagCond(), g.arm(), g.rt("B"), g.id(), g.arm())
}

func (g *generator) selectStmt() string {
	g.hit("select")
	name := fmt.Sprintf("c%d", g.id())
	g.fn.breaks++
	inner := fmt.Sprintf("if %s {\n%s\nbreak\n}\n%s", g.flagCond(), g.emit(), g.block(1))
	g.fn.breaks--
	s := fmt.Sprintf("%s := make(chan int, 1)\n", name)
	if g.chance(50) {
		s += name + " <- 1\n"
	}
	s += fmt.Sprintf("select {\ncase <-%s:\n%s\ndefault:\n%s}", name, inner, g.arm())
	return s
}

func (g *generator) gotoStmt() string {
	g.hit("goto")
	label := fmt.Sprintf("done%d", g.id())
	return fmt.Sprintf("if %s {\n%s\ngoto %s\n}\n%s\n%s:\n%s", g.boolExpr(1), g.emit(), label, g.block(2), label, g.emit())
}

// override gives a variable a default and then another value.
func (g *generator) override() string {
	g.hit("default-then-override")
	typ := pick(g, []string{"int", "string"})
	first, second, cond := g.expr(typ, 1), g.expr(typ, 1), g.flagCond()
	name := g.fresh()
	for strings.Contains(second+cond, name) {
		name = fmt.Sprintf("d%d", g.id())
	}
	g.declare(name, typ, true)
	return fmt.Sprintf("%s := %s\nif %s {\n%s = %s\n}", name, first, cond, name, second)
}

// optionsLocal puts the flag into a struct field.
func (g *generator) optionsLocal() string {
	os := g.objects(func(o *object) bool { return o.kind == "struct" })
	if len(os) == 0 {
		return g.flagLocal()
	}
	g.hit("options-local")
	o := pick(g, os)
	n := g.intExpr(1)
	if g.chance(30) {
		g.hit("options-constructor")
		name := g.fresh()
		lit := fmt.Sprintf("%s(%s)", g.ref(o.as("New")), n)
		g.declare(name, "Options", false)
		return fmt.Sprintf("%s := %s", name, lit)
	}
	e := g.flagCond()
	t := g.ref(o)
	name := g.fresh()
	g.declare(name, "Options", false)
	if g.chance(30) && !strings.Contains(e, name) {
		return fmt.Sprintf("%s := %s{N: %s}\n%[1]s.On = %[4]s", name, t, n, e)
	}
	return fmt.Sprintf("%s := %s{On: %s, N: %s}", name, t, e, n)
}

// twins have the same head in both arms.
func (g *generator) twins() string {
	g.hit("twin-heads")
	cond := g.flagCond()
	g.push(false)
	defer g.pop()
	g.declare("err", "error", false).used = true
	return fmt.Sprintf("if %s {\nif err := %s(%d); err != nil {\n%s}\n} else if err := %[2]s(%[5]d); err != nil {\n%[6]s}",
		cond, g.rt("Check"), g.id(), g.errBody(), g.id(), g.errBody())
}

// eitherResult assigns two variables in either arm.
func (g *generator) eitherResult() string {
	g.hit("either-result")
	cond := g.flagCond()
	name, err := fmt.Sprintf("q%d", g.id()), fmt.Sprintf("err%d", g.id())
	return fmt.Sprintf("var %s int\nvar %s error\nif %s {\n%[1]s, %[2]s = %[4]s(%[5]d)\n} else {\n%[1]s, %[2]s = %[4]s(%[6]d)\n}\n%[7]s(%[8]d, %[1]s, %[2]s)",
		name, err, cond, g.rt("Load"), g.id(), g.id(), g.rt("P"), g.id())
}

// value hands the flag's value on as data, with its type.
func (g *generator) value() string {
	g.hit("value-shown")
	e := g.eval(g.target)
	if g.chance(50) || g.target.typ == "bool" {
		return fmt.Sprintf("%s(%d, %s)", g.rt("T"), g.id(), e)
	}
	name := g.fresh()
	g.declare(name, g.target.typ, g.target.typ == "int" || g.target.typ == "string")
	return fmt.Sprintf("%s := %s", name, e)
}

// methodValue evaluates through a method value.
func (g *generator) methodValue() string {
	if g.target.typ != "bool" {
		return g.value()
	}
	g.hit("method-value")
	name := fmt.Sprintf("check%d", g.id())
	if g.target.gate {
		os := g.objects(func(o *object) bool { return o.kind == "gate" })
		if len(os) == 0 {
			return g.emit()
		}
		return fmt.Sprintf("%s := %s.IsEnabled\nif %[1]s() %[3]s", name, g.ref(pick(g, os)), g.block(2))
	}
	var recv string
	if os := g.objects(func(o *object) bool { return o.kind == "client" }); len(os) > 0 {
		recv = g.ref(pick(g, os))
	} else {
		recv = g.sdk("New") + "()"
	}
	return fmt.Sprintf("%s := %s.Enabled\nif %[1]s(%[3]s) %[4]s", name, recv, g.key(g.target), g.block(2))
}

// details evaluates into a detail struct.
func (g *generator) details() string {
	if g.target.typ != "bool" || g.target.gate {
		return g.evalErr()
	}
	g.hit("details")
	name := fmt.Sprintf("det%d", g.id())
	err := fmt.Sprintf("err%d", g.id())
	key := g.key(g.target)
	if g.chance(40) {
		return fmt.Sprintf("%s, _ := %s().Evaluate(%s)\nif %[1]s.Value %[4]s", name, g.sdk("New"), key, g.block(1))
	}
	return fmt.Sprintf("%s, %s := %s().Evaluate(%s)\nif %[2]s == nil && %[1]s.Value %[5]s else %[6]s", name, err, g.sdk("New"), key, g.block(1), g.block(1))
}

// constantHazard stands where a constant is more than its value.
func (g *generator) constantHazard() string {
	e := g.eval(g.target)
	id, p := g.id(), g.rt("T")
	switch g.target.typ {
	case "int":
		g.hit("constant-hazard")
		return pick(g, []string{
			fmt.Sprintf("%s(%d, 100/(%s))", p, id, e),
			fmt.Sprintf("%s(%d, []int{4, 5, 6}[%s])", p, id, e),
			fmt.Sprintf("%s(%d, uint8(%s))", p, id, e),
			fmt.Sprintf("%s(%d, \"abc\"[%s])", p, id, e),
			fmt.Sprintf("%s(%d, len(make([]int, %s)))", p, id, e),
			fmt.Sprintf("%s(%d, 1<<(%s))", p, id, e),
			fmt.Sprintf("%s(%d, -(%s)*2%%3)", p, id, e),
			fmt.Sprintf("%s(%d, map[int]string{1: \"x\", 5: \"y\"}[%s])", p, id, e),
			fmt.Sprintf("switch %s(%d, 3) {\ncase 1:\n%s\ncase %s:\n%s\n}", g.rt("In"), id, g.emit(), e, g.emit()),
		})
	case "int64":
		g.hit("constant-hazard")
		return pick(g, []string{
			fmt.Sprintf("%s(%d, %s)", p, id, e),
			fmt.Sprintf("%s(%d, 10/(%s))", p, id, e),
			fmt.Sprintf("%s(%d, int16(%s))", p, id, e),
			fmt.Sprintf("%s(%d, any(%s) == any(3))", p, id, e),
		})
	case "float64":
		g.hit("constant-hazard")
		return pick(g, []string{
			fmt.Sprintf("%s(%d, %s)", p, id, e),
			fmt.Sprintf("%s(%d, int(%s))", p, id, e),
			fmt.Sprintf("%s(%d, 1/(%s))", p, id, e),
			fmt.Sprintf("%s(%d, float32(%s))", p, id, e),
		})
	case "string":
		g.hit("constant-hazard")
		return pick(g, []string{
			fmt.Sprintf("%s(%d, %s)", p, id, e),
			fmt.Sprintf("%s(%d, (%s)[0])", p, id, e),
			fmt.Sprintf("%s(%d, []byte(%s), len(%[3]s))", p, id, e),
			fmt.Sprintf("%s(%d, (%s)[1:])", p, id, e),
		})
	}
	return fmt.Sprintf("%s(%d, map[bool]int{true: 1, false: 2}[%s])", p, id, e)
}

func (g *generator) typeSwitch() string {
	g.hit("type-switch")
	name := fmt.Sprintf("t%d", g.id())
	e := g.expr(pick(g, []string{"int", "string"}), 0)
	return fmt.Sprintf("switch %s := any(%s).(type) {\ncase int:\nif %s {\n%[4]s(%[5]d, %[1]s)\n}\ncase string:\n%[4]s(%[6]d, %[1]s)\ndefault:\n%[7]s}",
		name, e, g.flagCond(), g.rt("P"), g.id(), g.id(), g.arm())
}

// lateClash declares, after the flag's arm, a name that the arm declares too,
// or reads an outer one of that name.
func (g *generator) lateClash() string {
	g.hit("late-clash")
	cond := g.flagCond()
	e1, e2 := g.intExpr(1), g.intExpr(1)
	name := fmt.Sprintf("u%d", g.id())
	arm := fmt.Sprintf("if %s {\n%s := %s\n%s(%d, %[2]s)\n}", cond, name, e1, g.rt("P"), g.id())
	if g.chance(50) {
		return fmt.Sprintf("%s\n%s := %s\n%s(%d, %[2]s)", arm, name, e2, g.rt("P"), g.id())
	}
	return fmt.Sprintf("%s := %s\n%s\n%[4]s(%[5]d, %[1]s)", name, e2, arm, g.rt("P"), g.id())
}
