using AltSendme.Core.Receiving;

namespace AltSendme.Core.Settings;

/// <summary>Section <c>Receive</c>.</summary>
public sealed class ReceiveSettings
{
    /// <summary>What happens when a name is taken.</summary>
    public ConflictRule Conflict { get; set; } = ConflictRule.Rename;

    /// <summary>How long a lost connection is tried again before the run ends (what was verified stays); 0 to 1 day.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long nothing may arrive before another way to the sender is tried, while the old one is kept; 1 second to 10 minutes.</summary>
    public TimeSpan StallAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Folder that the background service receives into unless another is chosen, absolute; empty for the user's folder for downloads.</summary>
    public string Folder { get; set; } = "";
}
