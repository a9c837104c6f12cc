package report_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
)

func day(t *testing.T, s string) registry.Date {
	t.Helper()
	if s == "" {
		return registry.Date{}
	}
	d, err := registry.ParseDate(s)
	require.NoError(t, err)
	return d
}

func debt(t *testing.T) report.Debt {
	read := report.Reference{Kind: flagref.Evaluation, Pos: place("cart.go", 4, 5), Function: "shop.Total"}
	test := report.Reference{Kind: flagref.Override, Pos: place("cart_test.go", 9, 2), Test: true}
	flag := func(row registry.Flag, refs ...report.Reference) report.Flag {
		return report.Flag{Key: row.Key, Row: &row, References: refs}
	}
	inv := report.Inventory{Dynamic: []report.Reference{read}, Flags: []report.Flag{
		flag(registry.Flag{Key: "far", Expires: registry.Expiry{Date: day(t, "2027-01-10")}}, read),
		flag(registry.Flag{Key: "gone", State: registry.StateRetired}),
		flag(registry.Flag{Key: "kept", Kind: registry.KindKillSwitch, Created: day(t, "2020-01-01")}, read),
		flag(registry.Flag{Key: "old", Kind: registry.KindRelease, Created: day(t, "2026-01-01"), Owner: "=cmd|' /C calc'!A0"}, read, test),
		flag(registry.Flag{Key: "retired", State: registry.StateRetired, Owner: "a|b", Since: day(t, "2026-11-01"),
			Description: "One page; <b>fast</b>, \"new\"\nwith a second line that is longer than the seventy-five bytes of a line, ünd ümlauts",
			Issue:       "SHOP-1"}, read, test, test),
		flag(registry.Flag{Key: "soon", Expires: registry.Expiry{Date: day(t, "2026-11-27")}}, read),
		flag(registry.Flag{Key: "today", Expires: registry.Expiry{Date: day(t, "2026-11-20")}}, read),
		flag(registry.Flag{Key: "undated"}, read),
		{Key: "unknown", References: []report.Reference{read}},
		flag(registry.Flag{Key: "version", Expires: registry.Expiry{Version: "v2.0.0"}}, read),
	}}
	return report.NewDebt(inv, report.DebtOptions{
		Name: "example.com/shop", Today: day(t, "2026-11-20"), Policy: registry.DefaultPolicy(), Paths: paths,
		Findings: []analyzer.Finding{
			{Rule: "retired-flag", Severity: analyzer.SeverityError, Flag: "retired", Message: "flag \"retired\" is <retired>",
				Pos: place("cart.go", 4, 5), Mend: "flaglint remove retired=true ./..."},
			{Rule: "stale-flag", Severity: analyzer.SeverityWarning, Flag: "old", Message: "old", Pos: place("cart.go", 4, 5), Mend: "flaglint explain stale-flag"},
		},
	})
}

func TestDebt(t *testing.T) {
	t.Parallel()
	d := debt(t)
	for name, write := range map[string]func(io.Writer) error{
		"report.html": d.HTML, "report.md": d.Markdown, "report.csv": d.CSV, "report.ics": d.Calendar,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			require.NoError(t, write(&b))
			file := filepath.Join("testdata", name)
			if *update {
				require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), b.String())
		})
	}
}

// A cell that a spreadsheet would run stays text, and every row has its columns.
func TestDebtTable(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, debt(t).CSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 11)
	for _, row := range rows {
		for _, c := range row {
			assert.False(t, strings.HasPrefix(c, "="), c)
		}
	}
}

// Lines of a calendar are at most 75 bytes long, end with CR LF, and the texts of
// what is unfolded are whole.
func TestDebtCalendar(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, debt(t).Calendar(&b))
	text := b.String()
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		assert.LessOrEqual(t, len(line), 75, line)
		assert.NotContains(t, line, "\n")
	}
	whole := strings.ReplaceAll(text, "\r\n ", "")
	assert.Contains(t, whole, `One page\; <b>fast</b>\, "new"\nwith a second line that is longer than the seventy-five bytes of a line\, ünd ümlauts`)
	assert.Equal(t, strings.Count(text, "BEGIN:VEVENT"), strings.Count(text, "END:VEVENT"))
	assert.NotContains(t, text, "Remove flag gone")
	assert.NotContains(t, text, "Remove flag kept")
}
