// Command bench measures flaglint against R, the time that
// `go list -export -deps -test ./...` takes with a warm build cache, which is the
// least that any tool with types pays:
//
//	go run ./bench [-runs N] [-packages N] [-C DIR]... [-write FILE]
//
// It generates two modules of N packages, of which a tenth and all hold flags, and takes
// the modules in the named directories besides, which have to be warm (go list
// -export was run on them once) and hold no work of anybody: one of their files is
// changed and put back. What is told are medians, as ratios to R of the same
// module, in processor time (user and system, of all processes) and on the
// clock, and the memory of the largest process at its peak.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

// options are the flags of the command.
type options struct {
	runs        int
	packages    int
	seed        uint64
	flaglint    string
	staticcheck string
	others      bool
	remove      string
	write       string
	dirs        list
}

// list is a flag that may be repeated.
type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	var o options
	flag.IntVar(&o.runs, "runs", 5, "runs of each command, of which the median is told")
	flag.IntVar(&o.packages, "packages", 1000, "packages of the generated modules; 0: generate none")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the generated modules")
	flag.StringVar(&o.flaglint, "flaglint", "", "the program to measure; built from this repository where it is not named")
	flag.StringVar(&o.staticcheck, "staticcheck", "staticcheck", "the staticcheck to hold against; left out where it cannot be had")
	flag.BoolVar(&o.others, "others", true, "measure go vet and staticcheck too")
	flag.StringVar(&o.remove, "remove", "", "the KEY=VALUE that remove takes in the modules of -C; empty: remove is not measured there")
	flag.StringVar(&o.write, "write", "", "the document to write the table into, between its two marks")
	flag.Var(&o.dirs, "C", "directory of a module (repeatable)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	scratch, err := os.MkdirTemp("", "flaglint-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if o.flaglint == "" {
		o.flaglint = filepath.Join(scratch, "flaglint")
		build := exec.CommandContext(ctx, "go", "build", "-C", "..", "-o", o.flaglint, "./cmd/flaglint")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("building flaglint: %w (run it in the directory tools)", err)
		}
	}
	if o.staticcheck, err = exec.LookPath(o.staticcheck); err != nil {
		o.staticcheck = ""
	}
	var modules []*module
	for _, all := range []bool{false, true} {
		if o.packages == 0 {
			break
		}
		g := generator{packages: o.packages, seed: o.seed, all: all}
		m, err := g.write(filepath.Join(scratch, g.name()))
		if err != nil {
			return err
		}
		modules = append(modules, m)
	}
	for _, dir := range o.dirs {
		m, err := existing(ctx, dir, o.remove)
		if err != nil {
			return err
		}
		modules = append(modules, m)
	}
	if len(modules) == 0 {
		return errors.New("nothing to measure (give -packages or -C)")
	}
	var tables []string
	for _, m := range modules {
		r := runner{options: o, module: m, scratch: scratch}
		rows, err := r.measure(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		text := table(m, rows, o.runs)
		fmt.Print(text, "\n")
		tables = append(tables, text)
	}
	if o.write == "" {
		return nil
	}
	return writeTables(o.write, tables)
}
