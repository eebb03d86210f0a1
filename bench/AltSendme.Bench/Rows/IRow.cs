using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>A subject of the table; it may give several lines.</summary>
internal interface IRow
{
    Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken);
}
