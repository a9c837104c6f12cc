package corpus

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/provider/providertest"
)

// Module is a module of a Layout, with programs in it.
type Module struct {
	Name   string // the folder
	Stubs  bool   // it requires nothing but stubs of testdata/src
	stubs  []string
	Places []Place
}

// Place is a program as it was written out: a folder with a .flaglint.yaml, and with
// the flags.yaml that this names, if it names one.
type Place struct {
	Dir   string // relative to the layout, with slashes
	Rules bool   // a program of a rule's corpus
	// Wants are what findings of the rule's program there must be; of other programs
	// they are one a line that speaks of a flag which retired-flag tells.
	Wants []Want
}

// Layout writes the corpus below a directory, and returns its modules: the rules, each
// program under the rules that it is about; the search for references; the SDKs that
// are stubs; and each SDK whose corpus is a module of its own. The last three are held against
// all rules, and a registry in which every flag that they evaluate is retired.
func Layout(tb testing.TB, dir string) []Module {
	tb.Helper()
	l := layout{tb: tb, src: filepath.Join(providertest.Root(tb), "src"), dir: dir}
	l.stubs()
	out := l.rules()
	out = append(out, Module{Name: "flagref", Stubs: true, Places: []Place{l.flagref()}})
	stubs := Module{Name: "sdk", Stubs: true}
	for _, c := range providertest.Corpora(tb) {
		if !c.Module {
			stubs.Places = append(stubs.Places, l.sdk(c.Dir, path.Join("sdk", c.Name)))
		}
	}
	out = append(out, stubs)
	for _, c := range providertest.Corpora(tb) {
		if c.Module {
			name := "module_" + c.Name
			out = append(out, Module{Name: name, Places: []Place{l.sdk(c.Dir, name)}})
		}
	}
	for i, m := range out {
		if m.Stubs {
			out[i].stubs = l.modules
			up := strings.Repeat("../", strings.Count(m.Name, "/")+1)
			l.write(m.Name+"/go.mod", "module "+m.Name+"\n\ngo 1.26\n\n"+strings.ReplaceAll(l.requires, "=> ", "=> "+up))
		}
	}
	// Which release is the next one is read from git.
	for _, args := range [][]string{
		{"init", "-q"},
		{"-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-q", "--allow-empty", "-m", "Begin"},
		{"tag", "v2.3.0"},
	} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if text, err := cmd.CombinedOutput(); err != nil {
			tb.Fatalf("git %v: %v: %s", args, err, text)
		}
	}
	return out
}

type layout struct {
	tb       testing.TB
	src, dir string
	modules  []string // of stubs
	requires string   // of modules that use stubs
}

func (l *layout) must(err error) {
	l.tb.Helper()
	if err != nil {
		l.tb.Fatal(err)
	}
}

func (l *layout) write(name, text string) {
	l.tb.Helper()
	file := filepath.Join(l.dir, filepath.FromSlash(name))
	l.must(os.MkdirAll(filepath.Dir(file), 0o755))
	l.must(os.WriteFile(file, []byte(text), 0o644))
}

// stubs makes a module of each repository of stubs.
func (l *layout) stubs() {
	depth := map[string]int{"example.com": 1, "github.com": 3, "gitlab.com": 3, "gopkg.in": 3}
	var require, replace strings.Builder
	entries, err := os.ReadDir(l.src)
	l.must(err)
	for _, e := range entries {
		host := e.Name()
		if !strings.Contains(host, ".") {
			continue // a corpus
		}
		n, ok := depth[host]
		if !ok {
			n = 2
		}
		dirs, err := fs.Glob(os.DirFS(l.src), host+strings.Repeat("/*", n-1))
		l.must(err)
		for _, module := range dirs {
			version := "v0.0.0"
			if host == "gopkg.in" {
				version = module[strings.LastIndex(module, ".v")+1:] + ".0.0"
			}
			l.modules = append(l.modules, module)
			fmt.Fprintf(&require, "\t%s %s\n", module, version)
			fmt.Fprintf(&replace, "\t%s => stubs/%s\n", module, module)
			l.must(os.CopyFS(filepath.Join(l.dir, "stubs", module), os.DirFS(filepath.Join(l.src, module))))
			l.write("stubs/"+module+"/go.mod", "module "+module+"\n\ngo 1.26\n")
		}
	}
	l.requires = "require (\n" + require.String() + ")\n\nreplace (\n" + replace.String() + ")\n"
}

// rules lays the rules' programs out in one module, but for those that must be seen as
// a whole: these are modules of their own.
func (l *layout) rules() []Module {
	out := []Module{{Name: "rules", Stubs: true}}
	for _, p := range Rules(l.tb) {
		at := path.Join("rules", p.Rule, p.Name)
		l.must(os.CopyFS(filepath.Join(l.dir, at), os.DirFS(p.Dir)))
		conf := "version: 1\n"
		if file := p.Beside("flags.yaml"); file != "" {
			data, err := os.ReadFile(file)
			l.must(err)
			l.write(at+"/flags.yaml", string(data))
			conf += "registry: [flags.yaml]\n"
		}
		if file := p.Beside("providers.yaml"); file != "" {
			data, err := os.ReadFile(file)
			l.must(err)
			conf += "providers:\n  - " + strings.ReplaceAll(strings.TrimSpace(string(data)), "\n", "\n    ") + "\n"
		}
		options := map[string]any{}
		if file := p.Beside("rules.yaml"); file != "" {
			data, err := os.ReadFile(file)
			l.must(err)
			l.must(yaml.Unmarshal(data, &options))
		}
		l.write(at+"/.flaglint.yaml", conf+rulesText(l.tb, p.Only(), p.Rule, options))
		place := Place{Dir: at, Rules: true, Wants: moved(p.Wants(l.tb), p.Dir, filepath.Join(l.dir, at))}
		if analyzer.Lookup(p.Rule).WholeProgram {
			out = append(out, Module{Name: at, Stubs: true, Places: []Place{place}})
		} else {
			out[0].Places = append(out[0].Places, place)
		}
	}
	return out
}

// rulesText turns rules on, and all others off; with none, all are on.
func rulesText(tb testing.TB, only []string, with string, options map[string]any) string {
	var b strings.Builder
	b.WriteString("rules:\n")
	for _, r := range analyzer.Rules() {
		severity := r.Severity.String()
		if len(only) > 0 && !slices.Contains(only, r.Name) {
			severity = analyzer.SeverityOff.String()
		}
		fmt.Fprintf(&b, "  %s:\n    severity: %s\n", r.Name, severity)
		if r.Name == with {
			for _, name := range slices.Sorted(maps.Keys(options)) {
				value, err := json.Marshal(options[name])
				if err != nil {
					tb.Fatal(err)
				}
				fmt.Fprintf(&b, "    %s: %s\n", name, value)
			}
		}
	}
	return b.String()
}

func moved(wants []Want, from, to string) []Want {
	for i := range wants {
		rel, err := filepath.Rel(from, wants[i].File)
		if err == nil {
			wants[i].File = filepath.Join(to, rel)
		}
	}
	return wants
}

func (l *layout) flagref() Place {
	from := filepath.Join(l.src, "flagref")
	text, err := os.ReadFile(filepath.Join(from, "providers.yaml"))
	l.must(err)
	_, providers, _ := strings.Cut(string(text), "version: 1\n")
	return l.references(from, "flagref", providers)
}

func (l *layout) sdk(from, at string) Place { return l.references(from, at, "") }

// announced matches the references to a flag that a want comment tells of.
var announced = regexp.MustCompile("(?:`|\")\\^?(evaluation|override) ([^ `\"?/$\\\\:]+)[ `\"$\\\\]")

// references lays a corpus of references out, with all of its flags in the registry.
func (l *layout) references(from, at, conf string) Place {
	to := filepath.Join(l.dir, filepath.FromSlash(at))
	l.must(os.CopyFS(to, os.DirFS(from)))
	place := Place{Dir: at}
	keys := map[string]bool{}
	l.must(filepath.WalkDir(to, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(data), "\n") {
			_, comment, ok := strings.Cut(line, "// want ")
			if !ok {
				continue
			}
			for _, m := range announced.FindAllStringSubmatch(comment, -1) {
				keys[m[2]] = true
				place.Wants = append(place.Wants, Want{File: name, Line: i + 1, Re: regexp.MustCompile(regexp.QuoteMeta(strconv.Quote(m[2])) + " was retired")})
			}
		}
		return nil
	}))
	rows := "version: 1\nflags:\n"
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		rows += "  " + strconv.Quote(key) + ": {state: retired, value: true, since: 2026-01-01, owner: team, description: A flag}\n"
	}
	l.write(at+"/flags.yaml", rows)
	l.write(at+"/.flaglint.yaml", "version: 1\nregistry: [flags.yaml]\n"+conf+rulesText(l.tb, nil, "", nil))
	return place
}

// PlaceOf returns the folder of the program that a file is in, "" if none.
func (m Module) PlaceOf(file string) string {
	for _, p := range m.Places {
		if strings.HasPrefix(file, p.Dir+"/") {
			return p.Dir
		}
	}
	return ""
}

// StubPatterns name the packages of all stubs that the module can import.
func (m Module) StubPatterns() []string {
	var out []string
	for _, s := range m.stubs {
		out = append(out, s+"/...")
	}
	return out
}
