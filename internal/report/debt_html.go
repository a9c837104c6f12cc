package report

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
)

//go:embed debt.html.tmpl
var debtPage string

// HTML writes the report as one page that needs nothing else: no script, no font,
// no address is fetched.
func (d Debt) HTML(w io.Writer) error {
	page, err := template.New("report").Funcs(template.FuncMap{
		"class": func(standing string) string { return strings.ReplaceAll(standing, " ", "-") },
		"owner": orNobody,
		"mend":  DebtFlag.mend,
		"place": func(file string, line int) string { return position(d.Paths.Show(file), line, 0) },
	}).Parse(debtPage)
	if err != nil {
		return err
	}
	return page.Execute(w, d)
}
