// Command realremovals holds the tool against people: for each case of a file
// it checks the repository out before the commit in which a person removed a
// flag, removes the flag with flaglint, builds and vets what was touched, and
// compares the result with what the person left.
//
//	go run ./realremovals -flaglint BIN -cases cases.json -repos '/mirror/{owner}+{name}/repo' -out DIR
//
// A case file is a JSON array of objects like this one:
//
//	{"id": "shop-cart", "repo": "owner/name", "parent": "<commit>", "commit": "<commit>",
//	 "flag": "new-cart", "kept_value": true, "module_dirs": ["."], "packages": ["./shop"],
//	 "declaration_in_commit": "removed", "args": ["--unsafe"], "run_tests": true}
//
// The last three can be left out: "kept" and "moved" remove with --keep-declaration, args are
// further arguments of flaglint remove, and run_tests removes with --run-tests and runs the
// tests of the packages that were touched.
//
// What an in-house flag system needs is in -configs: ID.yaml, or the repository's
// owner+name.yaml, is used as .flaglint.yaml. The directory configs has those of
// public repositories; applications.json and gates.json are cases in such. The commands of a
// repository are not run, but its tests are with run_tests or -tests. With -touched what uses the packages that the
// person touched is not there: a module of hundreds of packages takes minutes else.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type options struct {
	flaglint, repos, configs, work, out string
	tests, keep, touched                bool
	limit                               time.Duration
	args                                []string // further arguments of flaglint remove
}

func main() {
	var o options
	cases := flag.String("cases", "", "file with the cases")
	run := flag.String("run", "", "comma-separated beginnings of the ids of the cases to run; empty: all")
	args := flag.String("args", "", "further arguments of flaglint remove, separated by spaces")
	flag.StringVar(&o.flaglint, "flaglint", "flaglint", "the binary to try")
	flag.StringVar(&o.repos, "repos", "", "git directory of a repository, with {owner} and {name} in it")
	flag.StringVar(&o.configs, "configs", "", "directory with configurations")
	flag.StringVar(&o.work, "work", filepath.Join(os.TempDir(), "realremovals"), "directory to check out to")
	flag.StringVar(&o.out, "out", "", "directory for the results and their differences")
	flag.BoolVar(&o.tests, "tests", false, "run the tests of the packages touched in every case")
	flag.BoolVar(&o.touched, "touched", false, "only with the packages that the person touched, and what these need: the rest of their modules is deleted first")
	flag.BoolVar(&o.keep, "keep", false, "keep what was checked out")
	flag.DurationVar(&o.limit, "limit", 20*time.Minute, "time that one command may take")
	flag.Parse()
	o.args = strings.Fields(*args)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := o.run(ctx, *cases, *run); err != nil {
		fmt.Fprintln(os.Stderr, "realremovals:", err)
		os.Exit(2)
	}
}

func (o options) run(ctx context.Context, file, only string) error {
	cases, err := readCases(file)
	if err != nil {
		return err
	}
	for _, dir := range []*string{&o.work, &o.out, &o.flaglint, &o.configs} {
		if *dir != "" && (dir != &o.flaglint || strings.Contains(*dir, "/")) {
			if *dir, err = filepath.Abs(*dir); err != nil {
				return err
			}
		}
	}
	var reports []*report
	for _, c := range cases {
		if only != "" && !slices.ContainsFunc(strings.Split(only, ","), func(p string) bool { return strings.HasPrefix(c.ID, p) }) {
			continue
		}
		start := time.Now()
		r := o.try(ctx, c)
		fmt.Fprintf(os.Stderr, "%s: %s (%s)\n", c.ID, cmp.Or(r.failed, r.checks), time.Since(start).Round(time.Second))
		reports = append(reports, r)
		if o.out != "" { // after every case: a run takes hours, and may be interrupted
			if err := os.WriteFile(filepath.Join(o.out, "table.md"), []byte(table(reports)), 0o644); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	fmt.Print(table(reports))
	return nil
}

// table renders the reports as Markdown.
func table(reports []*report) string {
	var b strings.Builder
	b.WriteString("| case | exit | build, vet | tests | residue | code: both/human/tool | added: both/human/tool | same | tests: both/human/tool | added | time | memory |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range reports {
		if r.failed != "" {
			fmt.Fprintf(&b, "| %s | %s |\n", r.c.ID, cell(r.failed))
			continue
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s | %s | %d of %d | %s | %s | %s | %d MB |\n", r.c.ID, r.exit, cell(r.checks), cell(r.testing),
			cell(r.residue), r.code.removed, r.code.added, r.code.same, r.code.files, r.test.removed, r.test.added, r.took.Round(100*time.Millisecond), r.memory>>20)
	}
	return b.String()
}

func cell(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	s = s[:min(len(s), 160)]
	return cmp.Or(strings.ReplaceAll(s, "|", "\\|"), "-")
}
