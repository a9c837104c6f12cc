package difftest

import (
	"embed"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/removal"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

//go:embed stub/flags/flags.go stub/flags/spec.yaml stub/rt/rt.go
var stubs embed.FS

// Root is the directory that the generated modules pretend to lie in.
const Root = "/m"

// Universe is what every generated program may import, as types and as object
// files. It is safe for use by several goroutines.
type Universe struct {
	std     map[string]string // import path -> export file, which is an archive
	stub    map[string]string // import path -> source
	specs   *provider.Set
	mu      sync.Mutex
	imports map[string]*types.Package
	gc      types.Importer
	fset    *token.FileSet
}

// NewUniverse asks the go command for the standard packages' export data.
func NewUniverse() (*Universe, error) {
	u := &Universe{std: map[string]string{}, stub: map[string]string{}, imports: map[string]*types.Package{}, fset: token.NewFileSet()}
	// Objects are known by their positions: none of what programs import may share
	// one with what they declare, though each has a set of files of its own.
	u.fset.AddFile("", 1<<40, 0)
	data, err := stubs.ReadFile("stub/flags/spec.yaml")
	if err != nil {
		return nil, err
	}
	specs, err := provider.Decode("spec.yaml", data)
	if err != nil {
		return nil, err
	}
	if u.specs, err = provider.NewSet(specs); err != nil {
		return nil, err
	}
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}",
		"fmt", "strings", "strconv", "errors", "os", "regexp", "runtime", "slices", "time")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		p, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		u.std[p] = file
	}
	u.gc = importer.ForCompiler(u.fset, "gc", func(p string) (io.ReadCloser, error) {
		if u.std[p] == "" {
			return nil, fmt.Errorf("generated programs do not import %s", p)
		}
		return os.Open(u.std[p])
	})
	for _, name := range []string{"rt", "flags"} {
		b, err := stubs.ReadFile("stub/" + name + "/" + name + ".go")
		if err != nil {
			return nil, err
		}
		p := "example.com/" + name
		u.stub[p] = strings.ReplaceAll(string(b), "github.com/flaghygiene/flaglint/internal/difftest/stub/", "example.com/")
		f, err := parser.ParseFile(u.fset, name+".go", u.stub[p], 0)
		if err != nil {
			return nil, err
		}
		pkg, err := (&types.Config{Importer: u}).Check(p, u.fset, []*ast.File{f}, nil)
		if err != nil {
			return nil, err
		}
		u.imports[p] = pkg
	}
	return u, nil
}

// Import gives a standard or stub package.
func (u *Universe) Import(p string) (*types.Package, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if pkg := u.imports[p]; pkg != nil {
		return pkg, nil
	}
	return u.gc.Import(p)
}

// Load type-checks the files of a module and finds its flag references. The
// error joins all type errors.
func (u *Universe) Load(files map[string]string) (*removal.Program, error) {
	prog := &removal.Program{Fset: token.NewFileSet(), Sources: map[string][]byte{}, Modules: []removal.Module{{Path: ModulePath, Dir: Root}}}
	dirs := map[string][]string{}
	for name := range files {
		dirs[path.Dir(name)] = append(dirs[path.Dir(name)], name)
	}
	l := &loader{u: u, prog: prog, files: files, dirs: dirs, done: map[string]*packages.Package{}}
	for _, dir := range sorted(dirs) {
		p := ModulePath
		if dir != "." {
			p += "/" + dir
		}
		if _, err := l.Import(p); err != nil {
			l.errs = append(l.errs, err)
		}
	}
	if err := errors.Join(l.errs...); err != nil {
		return nil, err
	}
	if err := l.references(); err != nil {
		return nil, err
	}
	return prog, nil
}

func sorted(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

type loader struct {
	u     *Universe
	prog  *removal.Program
	files map[string]string
	dirs  map[string][]string
	done  map[string]*packages.Package
	order []*packages.Package
	errs  []error
}

// Import type-checks a package of the module, or gives one from outside.
func (l *loader) Import(p string) (*types.Package, error) {
	rel, ok := strings.CutPrefix(p, ModulePath)
	if !ok {
		return l.u.Import(p)
	}
	if pkg := l.done[p]; pkg != nil {
		return pkg.Types, nil
	}
	names := l.dirs[path.Clean("."+rel)]
	if len(names) == 0 {
		return nil, fmt.Errorf("no package %s", p)
	}
	slices.Sort(names)
	out := &packages.Package{ID: p, PkgPath: p, Fset: l.prog.Fset, Imports: map[string]*packages.Package{}, TypesSizes: types.SizesFor("gc", "amd64"),
		TypesInfo: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{}, Defs: map[*ast.Ident]types.Object{},
			Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
			Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{}}}
	for _, name := range names {
		full := filepath.Join(Root, name)
		src := []byte(l.files[name])
		l.prog.Sources[full] = src
		f, err := parser.ParseFile(l.prog.Fset, full, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		out.Syntax = append(out.Syntax, f)
		out.CompiledGoFiles = append(out.CompiledGoFiles, full)
		out.Name = f.Name.Name
	}
	conf := types.Config{Importer: l, GoVersion: "go1.26", Error: func(err error) { l.errs = append(l.errs, err) }}
	out.Types, _ = conf.Check(p, l.prog.Fset, out.Syntax, out.TypesInfo)
	for _, imp := range out.Types.Imports() {
		if d := l.done[imp.Path()]; d != nil {
			out.Imports[imp.Path()] = d
		}
	}
	l.done[p] = out
	l.order = append(l.order, out)
	// What does not check is told already; importers see what there is.
	return out.Types, nil
}

// references runs the reference analyzer over the module and fills the program.
func (l *loader) references() error {
	a := flagref.NewAnalyzer(flagref.Config{Specs: l.u.specs})
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, l.order, &checker.Options{Sequential: true})
	if err != nil {
		return err
	}
	refs := map[string]*flagref.Result{}
	for act := range graph.All() {
		if act.Err != nil {
			return act.Err
		}
		if act.Analyzer == a {
			refs[act.Package.PkgPath] = act.Result.(*flagref.Result)
		}
	}
	done := map[string]*removal.Package{}
	for _, p := range l.order {
		out := &removal.Package{ID: p.ID, Path: p.PkgPath, Name: p.Name, Module: ModulePath, Files: p.Syntax, Types: p.Types,
			Info: p.TypesInfo, Refs: refs[p.PkgPath], Imports: map[string]*removal.Package{}}
		for path := range p.Imports {
			out.Imports[path] = done[path]
		}
		done[p.PkgPath] = out
		l.prog.Packages = append(l.prog.Packages, out)
	}
	return nil
}
