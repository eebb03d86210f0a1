namespace AltSendme.Core.Receiving;

/// <summary>What happens when something at the destination has the name of what was received.</summary>
public enum ConflictRule
{
    /// <summary>What was received becomes <c>name (2).ext</c> or <c>folder (2)</c>; nothing that was there is touched.</summary>
    Rename,

    /// <summary>Files of equal name are replaced, each at once; folders are merged.</summary>
    Overwrite,

    /// <summary>What is there stays, and is not fetched.</summary>
    Skip,
}
