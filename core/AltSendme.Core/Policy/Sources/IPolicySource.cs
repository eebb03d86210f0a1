namespace AltSendme.Core.Policy.Sources;

/// <summary>A place where administrators put policy, and users can't.</summary>
internal interface IPolicySource
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>Reads all that is there now. Whatever can't be used is added to <paramref name="faults"/>; a place where nothing is says nothing.</summary>
    IReadOnlyList<PolicyPart> Read(List<string> faults);
}
