"""How the service itself is: worker, work, disk, mail, protections. Takes an hour, gives sentences."""
