package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/gittag"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

// isVetTool reports whether the go command, or another build system that speaks
// its protocol, runs the program as a vet tool: it asks for the version and the
// flags, and gives a configuration a package, after flags of one dash.
func isVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == "-V=full" || args[0] == "-flags" {
		return true
	}
	last := len(args) - 1
	info, err := os.Stat(args[last])
	return strings.HasSuffix(args[last], ".cfg") && err == nil && info.Mode().IsRegular() &&
		!slices.ContainsFunc(args[:last], func(a string) bool {
			return !strings.HasPrefix(a, "-") || strings.HasPrefix(a, "--") || a == "-C"
		})
}

// vetTool is the program as `go vet -vettool` and `go fix -fixtool` run it: one
// package a process, in the package's directory. It does not return.
func vetTool(args []string) {
	err := runVetTool(args)
	printError(os.Stderr, err)
	os.Exit(exitError)
}

// runVetTool returns only with an error.
func runVetTool(args []string) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	// The go command names files by their real path.
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return err
	}
	if args[1] == "-V=full" {
		id, err := vetToolID(dir, world{env: os.Environ(), now: time.Now()})
		if err != nil {
			return err
		}
		// The go command wants the program's name, "version", and "devel" with a
		// buildID at the end of the line.
		fmt.Printf("%s version devel flaglint buildID=%x\n", strings.TrimSuffix(filepath.Base(args[0]), ".exe"), id)
		os.Exit(exitClean)
	}
	now := flag.String("now", "", "what today is, as an RFC 3339 date")
	if args[1] == "-flags" {
		// Every rule has a flag, whether it runs here or not: the configuration of
		// the packages may be another.
		all, err := allRules()
		if err != nil {
			return err
		}
		unitchecker.Main(all.Analyzers()...)
	}
	unit, err := readUnit(args[len(args)-1])
	if err != nil {
		return err
	}
	if unit.VetxOnly && inStandardLibrary(dir) {
		// It knows no flags, and it is looked at anew with every change of a registry:
		// its types are all that importers need.
		unitchecker.Run(args[len(args)-1], nil)
	}
	config, err := vetConfiguration(dir, unit)
	if err != nil {
		return err
	}
	rest, err := config.take(args[1:])
	if err != nil {
		return err
	}
	*now = config.now
	suite, err := config.suite()
	if err != nil {
		return err
	}
	os.Args = append(args[:1:1], rest...)
	unitchecker.Main(suite.Analyzers()...)
	return nil
}

// allRules makes a suite in which every rule runs.
func allRules() (*analyzer.Suite, error) {
	var names []string
	for _, r := range analyzer.Rules() {
		names = append(names, r.Name)
	}
	empty, err := registry.New()
	if err != nil {
		return nil, err
	}
	return analyzer.New(analyzer.Config{Registry: empty, Only: names})
}

// vetConfig says what one package is held against, and by which rules.
type vetConfig struct {
	dir      string
	settings *settings.Settings
	now      string          // of -now
	rules    map[string]bool // rules that flags turn on or off
}

// vetConfiguration reads what holds in a package's directory. A package of
// another module has no say: its own configuration is its authors' affair.
func vetConfiguration(dir string, unit *unitchecker.Config) (*vetConfig, error) {
	c := &vetConfig{dir: dir, rules: map[string]bool{}}
	root := settings.Root(dir)
	options := settings.Options{Dir: dir, ShowFrom: root}
	if unit.ModuleVersion != "" {
		options.None = true
	}
	var err error
	c.settings, err = settings.Read(options)
	return c, err
}

// readUnit reads what the go command says of a package.
func readUnit(name string) (*unitchecker.Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var unit unitchecker.Config
	if err := json.Unmarshal(data, &unit); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &unit, nil
}

// inStandardLibrary reports whether a directory is in the module of Go's own
// packages.
func inStandardLibrary(dir string) bool {
	data, err := os.ReadFile(filepath.Join(settings.Root(dir), "go.mod"))
	return err == nil && modfile.ModulePath(data) == "std"
}

// take reads the flags that are flaglint's own, and returns the others, which are
// the go command's. A rule's flag is taken here because a rule that does not run
// in this package has no analyzer that would know it.
func (c *vetConfig) take(args []string) ([]string, error) {
	var rest []string
	for i, arg := range args {
		name, value, valued := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if i == len(args)-1 {
			name = ""
		}
		rule := slices.IndexFunc(analyzer.Rules(), func(r *analyzer.Rule) bool { return r.AnalyzerName() == name })
		switch {
		case name == "now":
			c.now = value
		case rule >= 0:
			on := true
			if valued {
				var err error
				if on, err = strconv.ParseBool(value); err != nil {
					return nil, fmt.Errorf("-%s=%s: want true or false", name, value)
				}
			}
			c.rules[analyzer.Rules()[rule].Name] = on
		default:
			rest = append(rest, arg)
		}
	}
	return rest, nil
}

// suite makes the rules. As the analyzers of go vet have it, a flag that turns
// rules on leaves only these, and flags that turn rules off leave the others.
func (c *vetConfig) suite() (*analyzer.Suite, error) {
	today := registry.DateOf(time.Now())
	if c.now != "" {
		var err error
		if today, err = registry.ParseDate(c.now); err != nil {
			return nil, fmt.Errorf("-now: %w", err)
		}
	}
	cfg := analyzer.Config{
		Registry: c.settings.Registry, Specs: c.settings.Specs, Today: today, Rules: c.settings.Rules(),
		MinSeverity: analyzer.SeverityWarning, Exclude: c.settings.Excluded, OnlySafe: true,
	}
	if gittag.Matters(cfg.Registry) {
		ctx, stop := interruptible()
		cfg.NextVersion = gittag.NextVersion(ctx, c.dir)
		stop()
	}
	for name, on := range c.rules {
		if on {
			cfg.Only = append(cfg.Only, name)
		}
	}
	if len(cfg.Only) == 0 {
		for name, on := range c.rules {
			if !on {
				r := cfg.Rules[name]
				r.Severity = analyzer.SeverityOff.String()
				cfg.Rules[name] = r
			}
		}
	}
	slices.Sort(cfg.Only)
	return analyzer.New(cfg)
}

// errNoTool says what the file system or the go command keeps from a vet tool.
var errNoTool = errors.New("the program cannot find its own file, by which go vet tells its versions apart")
