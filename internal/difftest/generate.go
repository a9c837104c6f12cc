package difftest

import (
	"fmt"
	"go/format"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// flagDef is a flag of a generated program.
type flagDef struct {
	key    string
	typ    string // bool, string, int, int64, float64
	values []string
	remove bool
	gate   bool // declared as an object
}

// generator holds what is known of the program while it is written.
type generator struct {
	r      *rand.Rand
	flags  []*flagDef
	target *flagDef
	// apart: only the first package asks for the flag that is removed, and the others ask it.
	apart    bool
	features map[string]int
	ids      int
	pkgs     []*pkg
	pkg      *pkg  // being written
	decl     *decl // being written
	fn       *fn   // being written; nil at package level
	scope    *scope
}

// pkg is a package of the program.
type pkg struct {
	path, name string
	decls      []*decl
	names      map[string]bool // package-level names
	objs       []*object
}

// decl is a package-level declaration and the imports that it uses.
type decl struct {
	text    string
	imports map[string]bool
}

// object is something that other code can use.
type object struct {
	pkg     *pkg
	name    string
	kind    string // func, var, const, key, gate, client, keyfunc, predicate, flagvar, struct, ctor, iface, generic
	typ     string // of a variable or constant
	params  []string
	results []string
	flag    *flagDef
	negated bool
	mutable bool
}

// variable is a local variable.
type variable struct {
	name, typ string
	used      bool
	mutable   bool
	result    bool // a named result
}

type scope struct {
	parent *scope
	vars   map[string]*variable
	order  []*variable
	fn     bool // the scope of a function's parameters
}

// fn is the function that is being written.
type fn struct {
	outer   *fn
	results []string
	named   []string
	loops   int
	breaks  int // enclosing statements that break leaves
	labels  []string
	budget  *int
}

// Generate writes the program of a seed.
func Generate(seed uint64) *Program { return generate(seed, false) }

// GenerateApart writes another program of a seed, of several packages of which the first
// alone asks for the flag that is removed. The others have it from there: by functions,
// variables, fields and parameters, or not at all.
func GenerateApart(seed uint64) *Program { return generate(seed, true) }

func generate(seed uint64, apart bool) *Program {
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x666c61676c696e74)), features: map[string]int{}, apart: apart}
	g.makeFlags(seed)
	g.packages()
	p := &Program{Seed: seed, Key: g.target.key, Files: map[string]string{}, Served: map[string][]string{}, Features: g.features}
	v := g.target.values[0]
	switch g.target.typ {
	case "bool":
		p.Value = registry.Bool(v == "true")
	case "string":
		p.Value = registry.String(v)
	case "float64":
		f, _ := strconv.ParseFloat(v, 64)
		p.Value = registry.Float(f)
	default:
		n, _ := strconv.ParseInt(v, 10, 64)
		p.Value = registry.Int(n)
	}
	for _, f := range g.flags {
		p.Served[f.key] = f.values
	}
	p.Served[g.target.key] = g.target.values
	for _, k := range g.pkgs {
		g.files(p, k)
	}
	return p
}

// files prints a package's declarations into one or two files.
func (g *generator) files(p *Program, k *pkg) {
	n := 1
	if len(k.decls) > 3 && g.chance(30) {
		n = 2
		g.hit("two-files")
	}
	dir := strings.TrimPrefix(strings.TrimPrefix(k.path, ModulePath), "/")
	if dir != "" {
		dir += "/"
	}
	for i := range n {
		var body strings.Builder
		imports := map[string]bool{}
		for j, d := range k.decls {
			if n == 2 && (j%2 == i) {
				continue
			}
			body.WriteString(d.text + "\n\n")
			for path := range d.imports {
				// What was written first and then left out again may have named it.
				if strings.Contains(d.text, path[strings.LastIndex(path, "/")+1:]+".") {
					imports[path] = true
				}
			}
		}
		var src strings.Builder
		fmt.Fprintf(&src, "package %s\n\n", k.name)
		var std, own []string
		for path := range imports {
			if strings.Contains(path, ".") {
				own = append(own, path)
			} else {
				std = append(std, path)
			}
		}
		slices.Sort(std)
		slices.Sort(own)
		if len(std)+len(own) == 1 {
			fmt.Fprintf(&src, "import %q\n\n", append(std, own...)[0])
		} else if len(std)+len(own) > 0 {
			src.WriteString("import (\n")
			for _, path := range std {
				fmt.Fprintf(&src, "%q\n", path)
			}
			if len(std) > 0 && len(own) > 0 {
				src.WriteString("\n")
			}
			for _, path := range own {
				fmt.Fprintf(&src, "%q\n", path)
			}
			src.WriteString(")\n\n")
		}
		src.WriteString(body.String())
		text, err := format.Source([]byte(src.String()))
		if err != nil {
			text = []byte(src.String()) // does not parse: the generator's own test tells
		}
		p.Files[dir+[]string{k.name + ".go", "more.go"}[i]] = string(text)
	}
}

func (g *generator) makeFlags(seed uint64) {
	types := []string{"bool", "bool", "bool", "bool", "bool", "string", "int", "int64", "float64"}
	n := 1 + g.r.IntN(3)
	for i := range n {
		f := &flagDef{key: fmt.Sprintf("k%d-%s", seed, []string{"cart", "fast-path", "theme"}[i]), typ: pick(g, types)}
		vs := flagValues[f.typ]
		if i == 0 {
			f.remove = true
			f.gate = f.typ == "bool" && g.chance(15)
			f.values = []string{pick(g, vs)}
			g.target = f
			g.hit("flag-" + f.typ)
		} else {
			for range Runs {
				f.values = append(f.values, pick(g, vs))
			}
		}
		g.flags = append(g.flags, f)
	}
}

func (g *generator) packages() {
	n := 1
	switch {
	case g.chance(12):
		n = 3
	case g.chance(35):
		n = 2
	}
	names := []string{"a", "b"}
	if g.apart {
		names = append(names, "c", "d")
		n = 2 + g.r.IntN(4)
	}
	reserved := func(more ...string) map[string]bool {
		out := map[string]bool{"init": true}
		for _, name := range slices.Concat(names, more) {
			out[name] = true
		}
		return out
	}
	for _, name := range names[:n-1] {
		g.pkgs = append(g.pkgs, &pkg{path: ModulePath + "/internal/" + name, name: name, names: reserved()})
	}
	g.pkgs = append(g.pkgs, &pkg{path: ModulePath, name: "main", names: reserved("main")})
	if n > 1 {
		g.hit("several-packages")
	}
	target := g.target
	for i, k := range g.pkgs {
		g.pkg = k
		main := i == n-1
		if i == 1 && g.apart {
			g.target = g.standIn()
		}
		g.packageDecls(main)
	}
	g.target = target
}

// standIn takes the flag that is removed out of those that are asked for, and puts one of
// its type in its place.
func (g *generator) standIn() *flagDef {
	f := &flagDef{key: strings.Replace(g.target.key, "cart", "stays", 1), typ: g.target.typ}
	for range Runs {
		f.values = append(f.values, pick(g, flagValues[f.typ]))
	}
	g.flags = append([]*flagDef{f}, g.flags[1:]...)
	return f
}

// flagValues are the values of flags by their type.
var flagValues = map[string][]string{
	"bool": {"true", "false"}, "string": {"a", "b", "zz", ""}, "int": {"0", "1", "2", "5", "300", "-1"},
	"int64": {"0", "3", "5", "70000"}, "float64": {"0", "0.5", "2", "1.25"},
}

// chance reports true in percent of the cases.
func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *generator, list []T) T { return list[g.r.IntN(len(list))] }

// id returns a number that no other effect has.
func (g *generator) id() int { g.ids++; return g.ids }

// hit notes that a construct is in the text.
func (g *generator) hit(feature string) { g.features[feature]++ }

// use notes an import of the declaration that is being written, and returns the
// name to qualify with.
func (g *generator) use(path string) string {
	g.decl.imports[path] = true
	return path[strings.LastIndex(path, "/")+1:]
}

// rt and flags qualify a name of the two packages that are never shadowed.
func (g *generator) rt(s string) string    { return g.use("example.com/rt") + "." + s }
func (g *generator) sdk(s string) string   { return g.use("example.com/flags") + "." + s }
func (g *generator) free(name string) bool { return g.lookup(name) == nil }

// lookup returns the local variable that a name means, or nil.
func (g *generator) lookup(name string) *variable {
	for s := g.scope; s != nil; s = s.parent {
		if v := s.vars[name]; v != nil {
			return v
		}
	}
	return nil
}

func (g *generator) push(fn bool) {
	g.scope = &scope{parent: g.scope, vars: map[string]*variable{}, fn: fn}
}
func (g *generator) pop() { g.scope = g.scope.parent }

// locals returns the visible local variables of a type.
func (g *generator) locals(typ string, mutable bool) []*variable {
	var out []*variable
	seen := map[string]bool{}
	for s := g.scope; s != nil; s = s.parent {
		for _, v := range slices.Backward(s.order) {
			if !seen[v.name] {
				seen[v.name] = true
				if v.typ == typ && (v.mutable || !mutable) {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

// declare puts a variable into the innermost scope.
func (g *generator) declare(name, typ string, mutable bool) *variable {
	v := &variable{name: name, typ: typ, mutable: mutable}
	g.scope.vars[name] = v
	g.scope.order = append(g.scope.order, v)
	return v
}

// objects returns what can be named here: objects of this package and exported
// ones of others, not shadowed, that ok admits.
func (g *generator) objects(ok func(*object) bool) []*object {
	var out []*object
	for _, k := range g.pkgs {
		for _, o := range k.objs {
			if o.pkg == g.pkg && !g.free(o.name) {
				continue
			}
			if o.pkg != g.pkg && (!exported(o.name) || !g.free(o.pkg.name)) {
				continue
			}
			if ok(o) {
				out = append(out, o)
			}
		}
		if k == g.pkg {
			break
		}
	}
	return out
}

func exported(name string) bool { return name[0] >= 'A' && name[0] <= 'Z' }

// ref names an object from here.
func (g *generator) ref(o *object) string {
	if o.pkg == g.pkg {
		return o.name
	}
	g.hit("cross-package")
	return g.use(o.pkg.path) + "." + o.name
}
