namespace AltSendme.Service.Client.Contract;

/// <summary>Which tickets to look at.</summary>
public sealed record PreviewOrder
{
    /// <summary>Tickets for one content, the first sender's first.</summary>
    public IReadOnlyList<string> Tickets { get; init => field = value ?? []; } = [];

    /// <summary>Folder that it may be received into, absolute; the folder for downloads by default.</summary>
    public string? Destination { get; init; }
}
