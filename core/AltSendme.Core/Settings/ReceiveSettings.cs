using AltSendme.Core.Receiving;

namespace AltSendme.Core.Settings;

/// <summary>Section <c>Receive</c>.</summary>
public sealed class ReceiveSettings
{
    /// <summary>What happens when a name is taken.</summary>
    public ConflictRule Conflict { get; set; } = ConflictRule.Rename;

    /// <summary>How long a lost connection is tried again before the run ends (what was verified stays); 0 to 1 day.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(1);
}
