package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/registry"
)

// isVetTool reports whether the go command runs the program as a vet tool: it
// asks for the version and the flags, and gives a configuration a package.
func isVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return args[0] == "-V=full" || args[0] == "-flags" || strings.HasSuffix(args[len(args)-1], ".cfg")
}

// vetTool is the program as `go vet -vettool` runs it: one package a process, in
// the package's directory. It does not return.
func vetTool(args []string) {
	dir, err := os.Getwd()
	if err == nil && args[1] == "-V=full" {
		err = printToolID(os.Stdout, args[0], dir)
		if err == nil {
			os.Exit(0)
		}
	}
	var suite *analyzer.Suite
	if err == nil {
		suite, err = vetSuite(dir)
		if err != nil && args[1] == "-flags" {
			// The go command would hide why; the first package will tell.
			suite, err = analyzer.New(analyzer.Config{})
		}
	}
	if err != nil {
		printError(os.Stderr, err)
		os.Exit(exitError)
	}
	unitchecker.Main(suite.Analyzers()...)
}

// vetSuite makes the rules that hold in a package's directory.
func vetSuite(dir string) (*analyzer.Suite, error) {
	s, err := readSettings(dir, "", nil)
	if err != nil {
		return nil, err
	}
	rules := make(map[string]analyzer.RuleConfig, len(s.config.Rules))
	for name, r := range s.config.Rules {
		rules[name] = ruleConfig(r)
	}
	return analyzer.New(analyzer.Config{
		Registry: s.registry, Specs: s.specs, Today: registry.DateOf(time.Now()), Rules: rules,
		MinSeverity: analyzer.SeverityWarning, Exclude: s.excluded,
	})
}

// printToolID prints what the go command identifies the tool by. Its cache of
// findings is keyed by that, and knows nothing of the configuration, of the
// registries or of the day that decides about expiry: they are hashed into it.
func printToolID(w io.Writer, argv0, dir string) error {
	h := sha256.New()
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Fprintln(h, registry.DateOf(time.Now()))
	for _, name := range append([]string{exe}, configFiles(dir)...) {
		fmt.Fprintln(h, name)
		f, err := os.Open(name)
		if err != nil {
			fmt.Fprintln(h, err)
			continue
		}
		_, err = io.Copy(h, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	// The go command wants the program's name, "version", and "devel" with a
	// buildID at the end of the line.
	_, err = fmt.Fprintf(w, "%s version devel flaglint buildID=%x\n", strings.TrimSuffix(filepath.Base(argv0), ".exe"), h.Sum(nil))
	return err
}
