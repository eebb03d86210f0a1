namespace AltSendme.Bench.Report;

/// <summary>The Markdown table that a run prints.</summary>
internal sealed class ResultTable
{
    private readonly List<Finding> _findings = [];

    public void Add(Finding finding) => _findings.Add(finding);

    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine("| row | ours | peer | ratio | goal | reached |");
        writer.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var finding in _findings)
            writer.WriteLine($"| {finding.Subject} | {finding.Ours} | {finding.Peer} | {finding.Ratio} | {finding.Goal} | {Reached(finding.IsReached)} |");
        writer.WriteLine();
        foreach (var line in Machine.Describe())
            writer.WriteLine($"* {line}");
    }

    private static string Reached(bool? isReached) => isReached switch { true => "yes", false => "**no**", null => "–" };
}
