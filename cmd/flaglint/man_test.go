package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/flaglint.1")

// TestManPage holds docs/flaglint.1 against the commands and their flags.
func TestManPage(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "docs", "flaglint.1")
	page := manPage(newRoot(world{}))
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), page, "go test ./cmd/flaglint -run TestManPage -update writes it")
}

// manPage renders the commands for man.
func manPage(root *cobra.Command) string {
	var b strings.Builder
	text := func(s string) string {
		s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
		lines := strings.Split(s, "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
				lines[i] = `\&` + line
			}
		}
		return strings.Join(lines, "\n")
	}
	flags := func(set *pflag.FlagSet) {
		set.VisitAll(func(f *pflag.Flag) {
			if f.Hidden || f.Name == "help" {
				return
			}
			name, usage := pflag.UnquoteUsage(f)
			head := "--" + f.Name
			if f.Shorthand != "" {
				head = "-" + f.Shorthand + ", " + head
			}
			fmt.Fprintf(&b, ".TP\n.B %s\n", text(strings.TrimSpace(head+" "+name)))
			if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
				usage += " (default " + f.DefValue + ")"
			}
			fmt.Fprintln(&b, text(usage))
		})
	}
	fmt.Fprintf(&b, ".TH FLAGLINT 1\n.SH NAME\nflaglint \\- %s\n.SH SYNOPSIS\n.B %s\n", text(root.Short), text(root.Use))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", text(root.Long))
	for _, c := range root.Commands() {
		if c.Hidden {
			continue
		}
		fmt.Fprintf(&b, ".SH %s\n.B flaglint %s\n.PP\n%s\n", text(strings.ToUpper(c.Name())), text(c.Use), text(c.Short))
		flags(c.LocalNonPersistentFlags())
	}
	fmt.Fprint(&b, ".SH \"COMMON FLAGS\"\n")
	flags(root.PersistentFlags())
	fmt.Fprint(&b, ".SH \"EXIT STATUS\"\n0: nothing found, or done. 1: findings, or residue. 2: wrong input; nothing was written.\n")
	return b.String()
}
